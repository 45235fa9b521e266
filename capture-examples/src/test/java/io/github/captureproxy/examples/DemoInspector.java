package io.github.captureproxy.examples;

import picocli.CommandLine;

/**
 * The app with something in it, for looking at by hand: its arguments are the app's own, and {@code demo.calls}
 * says how many more calls are to be made.
 */
final class DemoInspector {
    private DemoInspector() {}

    /** Runs until the process is told to end. */
    @SuppressWarnings("ClosingStandardOutputStreams") // the capture leaves the stream open
    public static void main(String[] args) throws Exception {
        Options options = new Options();
        new CommandLine(options).parseArgs(args);
        try (DemoOrigin origin = DemoOrigin.start();
                LiveCapture capture = LiveCapture.start(options, Machine.current(), System.out, Layout.PLAIN)) {
            DemoTraffic traffic = new DemoTraffic(capture.address(), origin);
            traffic.calls();
            traffic.events();
            traffic.webSocket("open");
            System.out.println("origin " + origin.url("/") + " history " + options.page.history(Machine.current()));
            for (int i = 0; i < 4; i++) {
                capture.page().ifPresent(page -> page.announce(System.out));
            }
            int more = Integer.getInteger("demo.calls", 0);
            for (int i = 0; i < more; i++) {
                traffic.send(traffic.request("/api/items?page=" + i));
            }
            new java.util.concurrent.CountDownLatch(1).await();
        }
    }
}
