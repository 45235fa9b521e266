package io.github.captureproxy.examples;

import io.github.captureproxy.examples.desk.Desk;
import io.github.captureproxy.examples.desk.DeskSettings;
import io.github.captureproxy.examples.desk.SettingsFile;
import io.github.captureproxy.examples.inspector.Inspector;
import io.github.captureproxy.examples.inspector.Surroundings;
import io.github.captureproxy.examples.store.HistoryStore;
import io.github.captureproxy.examples.store.StoreException;
import io.github.captureproxy.examples.store.StoreLimits;
import io.github.captureproxy.spi.ClientArrival;
import io.github.captureproxy.spi.ExchangeListener;
import java.io.IOException;
import java.io.PrintStream;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** The page in a browser, with the database behind it. */
final class Page implements AutoCloseable {
    private final HistoryStore store;
    private final Inspector inspector;
    private final Machine machine;
    private final SettingsFile kept;
    private final PageRegister register;
    private @Nullable DeskBrowsers browsers;
    private @Nullable PageOpening opening;

    private Page(HistoryStore store, Inspector inspector, Machine machine) {
        this.store = store;
        this.inspector = inspector;
        this.machine = machine;
        this.register = PageRegister.of(machine);
        this.register.enter(inspector.address().getPort());
        this.kept = SettingsFile.open(machine.configurationFolder().resolve("settings.json"));
    }

    /** Opens the database and listens; throws {@link UsageException} where the options don't let it. */
    static Page open(PageOptions options, Machine machine) {
        Optional<Integer> port = options.port(); // refused before anything is made
        HistoryStore store;
        try {
            store = HistoryStore.open(options.history(machine), StoreLimits.defaults());
        } catch (StoreException e) {
            throw new UsageException(e.getMessage() + "; --history FILE takes another file, --no-ui none");
        }
        try {
            return new Page(store, inspector(port, store, machine), machine);
        } catch (IOException e) {
            store.close();
            throw new UsageException("--ui-port " + options.port + ": the page can't listen there: " + e.getMessage()
                    + "; give another port, or 0 for any");
        }
    }

    private static Inspector inspector(Optional<Integer> port, HistoryStore store, Machine machine) throws IOException {
        Path folder = machine.dataFolder().resolve("collections");
        if (port.isPresent()) {
            return Inspector.open(port.get(), store, folder);
        }
        try {
            return Inspector.open(PageOptions.DEFAULT_PORT, store, folder);
        } catch (IOException e) { // taken, and nobody asked for just that one
            return Inspector.open(0, store, folder);
        }
    }

    /** Where no client of the proxy may get to. */
    InetSocketAddress address() {
        return inspector.address();
    }

    List<ExchangeListener> listeners() {
        return inspector.listeners();
    }

    ClientArrival arrival() {
        return inspector.arrival();
    }

    /** The settings to start with: those that were kept, but for what the command line says. */
    DeskSettings settings(Options options) {
        return kept.over(options.settings(), options.given());
    }

    /** The settings that were kept can't be started with: those of the command line are taken instead. */
    void keptAreRefused(String why) {
        kept.refused(why);
    }

    /** Begins to answer, and to keep settings. */
    void attach(Desk desk, Supplier<Optional<TrustAdvice>> advice, Phones phones) {
        browsers = new DeskBrowsers(desk, machine, advice);
        inspector.attach(
                desk,
                new Surroundings(
                        new PageAdvice(desk, machine, advice), new PagePhones(phones), browsers, kept::problem));
        desk.onChange(kept::keep);
    }

    /** A link that opens it once, within some minutes. */
    URI newLink() {
        return inspector.newLink();
    }

    /** Says where it is, and what is wrong with it. */
    void announce(PrintStream out) {
        kept.problem().ifPresent(problem -> out.println("settings " + problem));
        out.println("page     " + newLink());
        out.println("         opens it once, within " + Inspector.LINK_LIFETIME.toMinutes()
                + " minutes; press Enter for a new link");
    }

    /** Opens it in the user's browser, if there is a screen to show one. */
    void show(Programs programs) {
        if (machine.system() != OperatingSystem.LINUX || machine.desktop().hasDisplay()) {
            opening = PageOpening.start(inspector::newLink, machine, programs);
        }
    }

    /** To be called after the proxy is closed, so that its last exchanges are kept. */
    @Override
    public void close() {
        if (browsers != null) {
            browsers.close();
        }
        if (opening != null) {
            opening.close();
        }
        try {
            inspector.close();
        } finally {
            register.close();
            store.close();
        }
    }
}
