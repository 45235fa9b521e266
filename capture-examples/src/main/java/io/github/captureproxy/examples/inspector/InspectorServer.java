package io.github.captureproxy.examples.inspector;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import org.eclipse.jetty.http.UriCompliance;
import org.eclipse.jetty.server.HttpConfiguration;
import org.eclipse.jetty.server.HttpConnectionFactory;
import org.eclipse.jetty.server.Server;
import org.eclipse.jetty.server.ServerConnector;
import org.eclipse.jetty.util.thread.QueuedThreadPool;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The web server of the page, on the loopback address alone. */
final class InspectorServer implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(InspectorServer.class);
    private static final String LOOPBACK = "127.0.0.1";
    /** For calls, and one for each page that listens for events. */
    private static final int MAX_THREADS = 48;

    private static final long STOP_MILLIS = 2_000;

    private final Server server;
    private final int port;
    private final Keys keys = new Keys();
    private final Events events;

    private InspectorServer(Server server, int port, Events events) {
        this.server = server;
        this.port = port;
        this.events = events;
    }

    /**
     * Starts it.
     *
     * @param port where to listen; 0 for any free port
     * @param routes who answers the page's calls
     * @param events what pages are told; closed with the server
     * @return the server, listening
     * @throws IOException if the port can't be had
     */
    static InspectorServer start(int port, Routes routes, Events events) throws IOException {
        QueuedThreadPool threads = new QueuedThreadPool(MAX_THREADS, 2);
        threads.setName("inspector");
        threads.setDaemon(true);
        Server server = new Server(threads);
        HttpConfiguration configuration = new HttpConfiguration();
        configuration.setSendServerVersion(false);
        configuration.setUriCompliance(
                UriCompliance.RFC3986.with("hosts", UriCompliance.Violation.AMBIGUOUS_PATH_SEPARATOR));
        ServerConnector connector = new ServerConnector(server, 1, 1, new HttpConnectionFactory(configuration));
        connector.setHost(LOOPBACK);
        connector.setPort(port);
        server.addConnector(connector);
        server.setStopTimeout(STOP_MILLIS);
        connector.open();
        InspectorServer inspector = new InspectorServer(server, connector.getLocalPort(), events);
        server.setHandler(
                new Dispatch(new Guard(inspector.port, Assets.importMapHash()), inspector.keys, routes, events));
        start(server);
        return inspector;
    }

    private static void start(Server server) throws IOException {
        try {
            server.start();
        } catch (IOException | RuntimeException e) {
            throw e;
        } catch (Exception e) {
            throw new IOException("the page's server didn't start", e);
        }
    }

    /** Where it listens. */
    InetSocketAddress address() {
        return new InetSocketAddress(InetAddress.getLoopbackAddress(), port);
    }

    /** A link that opens the page once, in one browser, and tells when it has. */
    URI newLink(Runnable used) {
        return URI.create("http://" + LOOPBACK + ":" + port + "/#" + keys.newToken(used));
    }

    /** Ends it, and every page's connection. */
    @Override
    public void close() {
        events.close();
        try {
            server.stop();
        } catch (Exception e) { // a call that takes longer, such as a long export, is cut off
            LOG.info("the page's server ended while it was busy", e);
        } finally {
            server.destroy();
        }
    }
}
