package io.github.captureproxy.examples;

import io.github.captureproxy.CaptureProxy;
import io.github.captureproxy.examples.desk.Desk;
import io.github.captureproxy.examples.desk.DeskException;
import io.github.captureproxy.examples.desk.DeskSettings;
import io.github.captureproxy.spi.ExchangeListener;
import java.io.PrintStream;
import java.net.InetSocketAddress;
import java.security.cert.X509Certificate;
import java.time.Duration;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicBoolean;

/** A proxy that lists on a stream what passes through it, from its start to the totals at its end. */
final class LiveCapture implements AutoCloseable {
    private final Desk desk;
    private final Optional<Page> page;
    private final Phones phones;
    private final Output output;
    private final Optional<Recording> recording;
    private final Optional<Passage> passage;
    private final long start = System.nanoTime();
    private final AtomicBoolean closed = new AtomicBoolean();

    private final ProxyStarter starter;

    /** Where to and how it writes, what it counts, and whether it says so at the end. */
    private record Output(PrintStream out, Layout layout, Totals totals, boolean withTotals) {}

    /** What stands beside the proxy: the page with its database, a file and what passes it by, and what leads phones to it. */
    private record Keeping(
            Optional<Page> page, Optional<Recording> recording, Optional<Passage> passage, Phones phones) {
        static Keeping start(Options options, Machine machine, Output output) {
            Phones phones = Phones.of(options, machine, output.out(), output.layout());
            Optional<Recording> recording = Optional.empty();
            try {
                recording = Recording.start(options.record, options.wanted());
                boolean page = !options.page.noUi && !options.record.hasCommand();
                return new Keeping(
                        page ? Optional.of(Page.open(options.page, machine)) : Optional.empty(),
                        recording,
                        Passage.of(options),
                        phones);
            } catch (UsageException e) {
                recording.ifPresent(Recording::abandon);
                phones.close();
                throw e;
            }
        }

        void abandon() {
            phones.close();
            page.ifPresent(Page::close);
            recording.ifPresent(Recording::abandon);
        }
    }

    private LiveCapture(Desk desk, Output output, Keeping keeping, ProxyStarter starter) {
        this.desk = desk;
        this.passage = keeping.passage();
        this.page = keeping.page();
        this.phones = keeping.phones();
        this.output = output;
        this.recording = keeping.recording();
        this.starter = starter;
    }

    /** Starts the proxy, and says where it is; throws {@link UsageException} where the options don't let it. */
    static LiveCapture start(Options options, Machine machine, PrintStream out, Layout layout) {
        options.https.isOn(); // refuses what can't be before anything is made
        boolean isForCommand = options.record.hasCommand();
        boolean withTotals = !isForCommand || !options.quiet && options.record.file == null;
        Output output = new Output(out, layout, new Totals(), withTotals);
        Keeping keeping = Keeping.start(options, machine, output);
        LiveCapture capture;
        try {
            capture = start(options, machine, output, keeping);
        } catch (DeskException e) {
            keeping.abandon();
            throw new UsageException(String.valueOf(e.getMessage()));
        } catch (UsageException e) {
            keeping.abandon();
            throw e;
        }
        if (!isForCommand) { // whose own output comes now
            capture.sayWhere(options);
        }
        return capture;
    }

    private static LiveCapture start(Options options, Machine machine, Output output, Keeping keeping) {
        Lines lines = new Lines(output.layout(), ZoneId.systemDefault());
        List<ExchangeListener> listeners = new ArrayList<>();
        listeners.add(new LiveList(output.out(), lines, options.listed(), output.totals()));
        keeping.page().map(Page::listeners).ifPresent(listeners::addAll);
        keeping.recording().ifPresent(listeners::add);
        keeping.passage().ifPresent(listeners::add);
        ProxyStarter starter = new ProxyStarter(
                options, machine, listeners, new ProxyStarter.Beside(keeping.phones(), keeping.page()));
        Desk desk = desk(options, keeping.page(), starter);
        keeping.page().ifPresent(page -> page.attach(desk, starter::advice, keeping.phones()));
        return new LiveCapture(desk, output, keeping, starter);
    }

    /** With the settings that were kept; if they don't fit any more, with those of the command line. */
    private static Desk desk(Options options, Optional<Page> page, ProxyStarter starter) {
        DeskSettings asked = options.settings();
        DeskSettings kept = page.map(shown -> shown.settings(options)).orElse(asked);
        try {
            return Desk.start(kept, starter);
        } catch (DeskException e) {
            if (kept.equals(asked)) {
                throw e;
            }
            page.ifPresent(shown -> shown.keptAreRefused(String.valueOf(e.getMessage())));
            return Desk.start(asked, starter);
        }
    }

    private void sayWhere(Options options) {
        Settings settings = new Settings(
                Place.of(desk.proxy()), options.user(), phones.clients(), HomeNetwork.find(), starter.advice());
        (options.quiet ? settings.where() : settings.lines()).forEach(output.out()::println);
        page.ifPresent(shown -> shown.announce(output.out()));
        output.out().println();
        phones.announce();
    }

    /** The page, unless there is none. */
    Optional<Page> page() {
        return page;
    }

    /** Where it listens. */
    InetSocketAddress address() {
        return desk.proxy().address();
    }

    /** The proxy that runs now. */
    CaptureProxy proxy() {
        return desk.proxy();
    }

    /** The certificate that clients have to trust, if HTTPS is looked into. */
    Optional<X509Certificate> authority() {
        return starter.advice().map(given -> given.authority().certificate());
    }

    /** Ends the proxy, lists what was under way as cut short, and writes the totals. A second call does nothing. */
    @Override
    public void close() {
        if (!closed.compareAndSet(false, true)) {
            return;
        }
        Duration ran = Duration.ofNanos(System.nanoTime() - start);
        phones.close(); // first, so that a device on a cable doesn't meet a closed port
        desk.close();
        page.ifPresent(Page::close);
        PrintStream out = output.out();
        if (output.withTotals()) {
            out.println();
            out.println(output.layout().ink(Ink.BOLD, "Totals"));
            output.totals().lines(ran, desk.dropped(LiveList.class)).forEach(out::println);
        }
        recording.ifPresent(
                file -> out.println("capture-proxy: " + PlainText.printable(file.end(desk.dropped(Recording.class)))));
        passage.stream()
                .flatMap(passed -> passed.lines(desk.proxy()).stream())
                .forEach(line -> out.println("capture-proxy: " + line));
        out.flush();
    }

    /** Ends the proxy without a word, as what it was started for could not start. */
    void abandon() {
        if (closed.compareAndSet(false, true)) {
            phones.close();
            desk.close();
            page.ifPresent(Page::close);
            recording.ifPresent(Recording::abandon);
        }
    }
}
