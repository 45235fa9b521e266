package io.github.captureproxy.examples.benchmark;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;

/**
 * What connections that do nothing cost in a proxy's JVM; what the proxy kept of their exchanges is not counted.
 *
 * @param connections how many there are
 */
record IdleMemory(int connections) {
    private static final int BODY_BYTES = 1024;

    /** Without TLS. */
    void compare(Setup setup, Report report) throws Exception {
        report.title("Memory of each of " + connections + " idle connections");
        for (Contender contender : List.of(Contender.THIS_PROXY, Contender.LITTLE_PROXY)) {
            print(setup, contender, "fresh", route -> Link.plain(route.open()), report);
            print(setup, contender, "after a GET", route -> used(route, Dialogue.gets(BODY_BYTES)), report);
            print(setup, contender, "tunnel", route -> used(route, Dialogue.tunnelled(BODY_BYTES)), report);
        }
    }

    /** Looked into. */
    void compareSecure(Setup setup, Report report) throws Exception {
        report.title("Memory of each of " + connections + " idle intercepted connections");
        for (Contender contender : List.of(Contender.THIS_PROXY_TLS, Contender.LITTLE_PROXY_TLS)) {
            Dialogue dialogue = Dialogue.secureGets(Hosts.ONE, BODY_BYTES);
            print(setup, contender, "after a GET", route -> used(route, dialogue), report);
        }
    }

    /** In a JVM of its own, as buffers that were pooled for earlier connections would count for nothing. */
    private void print(Setup setup, Contender contender, String state, Opening opening, Report report)
            throws IOException, InterruptedException {
        List<Link> links = new ArrayList<>();
        try (ProxyJvm jvm = setup.fresh(contender)) {
            Route route = setup.through(contender, jvm);
            try {
                opening.open(route).close(); // loads the classes
                WarmUp.awaitQuiet(List.of(route)); // a connection may still be waiting to be accepted
                long[] before = jvm.ask(ProxyMain.MEMORY);
                for (int i = 0; i < connections; i++) {
                    links.add(opening.open(route));
                }
                WarmUp.awaitQuiet(List.of(route));
                long[] after = jvm.ask(ProxyMain.MEMORY);
                report.memory(contender.title() + ", " + state, each(before[0], after[0]), each(before[1], after[1]));
            } finally {
                for (Link link : links) {
                    link.close();
                }
            }
        }
    }

    private double each(long before, long after) {
        return (double) (after - before) / connections;
    }

    /** A connection that has been used once. */
    private static Link used(Route route, Dialogue dialogue) throws IOException {
        Link link = dialogue.open(route);
        dialogue.exchange(link, dialogue.request(route), dialogue.room(2 * BODY_BYTES));
        return link;
    }

    /** Makes a connection and leaves it idle. */
    private interface Opening {
        Link open(Route route) throws IOException;
    }
}
