package io.github.captureproxy.examples.inspector;

import io.github.captureproxy.examples.browser.BrowserIdentity;
import io.github.captureproxy.examples.desk.ClientProcesses;
import io.github.captureproxy.examples.desk.CollectionFile;
import io.github.captureproxy.examples.desk.Desk;
import io.github.captureproxy.examples.desk.DeskReplay;
import io.github.captureproxy.examples.desk.KeptOnly;
import io.github.captureproxy.examples.store.HistoryStore;
import io.github.captureproxy.spi.ClientArrival;
import io.github.captureproxy.spi.ExchangeListener;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The page, from its server to what it shows. It listens before the proxy does, so that the proxy can be told to keep
 * its clients from it; it answers calls from the moment that it is attached to the desk.
 */
public final class Inspector implements AutoCloseable {
    /** Long enough to find the link in a terminal; whoever finds it there later has no use for it. */
    public static final Duration LINK_LIFETIME = Duration.ofMinutes(10);

    private final HistoryStore store;
    private final Sessions sessions;
    private final LiveTraffic live = new LiveTraffic();
    private final Events events = new Events();
    private final Routes routes = new Routes();
    private final InspectorServer server;
    private final ClientProcesses processes = new ClientProcesses();
    private final CollectionFile collection = new CollectionFile();
    private final CookieHistory cookies;
    private final BrowserIdentity browser = new BrowserIdentity();
    private final Recorder recorder;
    private final KeptOnly besides;
    private @Nullable StateApi state;

    private Inspector(HistoryStore store, Path folder, int port) throws IOException {
        this.store = store;
        this.sessions = new Sessions(store, new SessionCollections(folder, store));
        this.cookies = CookieHistory.of(store);
        this.recorder = new Recorder(store, sessions, processes);
        this.besides = new KeptOnly(cookies, collection, browser);
        this.server = InspectorServer.start(port, routes, events);
    }

    /**
     * Listens.
     *
     * @param port where; 0 for any free port
     * @param store what it shows; closed by who opened it, after the page
     * @param folder where collections are kept
     * @return the page
     * @throws IOException if the port can't be had
     */
    public static Inspector open(int port, HistoryStore store, Path folder) throws IOException {
        return new Inspector(store, folder, port);
    }

    /** Where it listens; no client of the proxy may get there. */
    public InetSocketAddress address() {
        return server.address();
    }

    /**
     * All that the proxy has to hear, so that all views show something: what is recorded goes by the filter of the desk's
     * settings; what is open is heard of by a listener of its own.
     *
     * @return listeners, each for a thread of its own
     */
    public List<ExchangeListener> listeners() {
        return List.of(recorder, besides, live);
    }

    /** What the proxy has to ask when a client connects, so that its process is known. */
    public ClientArrival arrival() {
        return processes;
    }

    /**
     * Begins to answer.
     *
     * @param desk what runs
     */
    public void attach(Desk desk) {
        attach(desk, Surroundings.NONE);
    }

    /**
     * Begins to answer.
     *
     * @param desk what runs
     * @param surroundings the machine that it runs on
     */
    public void attach(Desk desk, Surroundings surroundings) {
        filter(desk.settings().filter());
        desk.onChange((before, after) -> filter(after.filter()));
        collection.start(desk.settings().collection());
        new SettingsApi(desk, collection, surroundings).addTo(routes);
        new HostsApi(store, desk).addTo(routes);
        new CookiesApi(cookies).addTo(routes);
        new DevicesApi(surroundings.machine(), surroundings.lan(), surroundings.browsers()).addTo(routes);
        state = new StateApi(new Whereabouts(desk, surroundings.machine()), store, sessions, events);
        state.addTo(routes);
        new RowsApi(store, () -> desk.proxy().history().inFlight()).addTo(routes);
        new SessionsApi(sessions, store).addTo(routes);
        new ExportApi(store).addTo(routes);
        new ImportApi(store).addTo(routes);
        CallSource calls = new StoredCalls(store, live);
        new DetailApi(calls).addTo(routes);
        new BodyApi(calls, live).addTo(routes);
        new CopyApi(calls).addTo(routes);
        new MessagesApi(calls, live, () -> desk.proxy().history().inFlight()).addTo(routes);
        new ReplayApi(store, sessions, browser, () -> DeskReplay.of(desk)).addTo(routes);
    }

    private void filter(String text) {
        recorder.filter(text);
        besides.filter(text);
    }

    /**
     * A link as {@link #newLink(Runnable)} gives it, of whose use nobody is told.
     *
     * @return the link
     */
    public URI newLink() {
        return newLink(() -> {});
    }

    /**
     * A link that opens the page once, in one browser, within {@link #LINK_LIFETIME}.
     *
     * @param used called once when it has done so
     * @return the link
     */
    public URI newLink(Runnable used) {
        return server.newLink(used);
    }

    @Override
    public void close() {
        if (state != null) {
            state.close();
        }
        server.close();
        sessions.end();
        cookies.close();
        collection.close();
    }
}
