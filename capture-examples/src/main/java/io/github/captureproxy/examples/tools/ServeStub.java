package io.github.captureproxy.examples.tools;

import io.github.captureproxy.CaptureProxy;
import io.github.captureproxy.exchange.Exchange;
import io.github.captureproxy.rules.Stub;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.CountDownLatch;

/**
 * Answers as a recorded session did, without the network: the base URL that it prints takes the place of the recorded
 * host, whatever that was. What was never recorded gets 501, with the nearest recorded request in words.
 */
public final class ServeStub {
    private static final String USAGE = "usage: ServeStub FILE.har|FILE.jsonl [PORT]";

    private ServeStub() {}

    /**
     * Runs the tool until Ctrl-C.
     *
     * @param args see its usage line
     * @throws Exception if the file can't be read
     */
    public static void main(String[] args) throws Exception {
        if (args.length < 1 || args.length > 2) {
            System.err.println(USAGE);
            System.exit(2);
        }
        int port = args.length == 2 ? Integer.parseInt(args[1]) : 0;
        try (CaptureProxy stub = start(Path.of(args[0]), port)) {
            System.out.println("base URL " + stub.uri() + ", Ctrl-C ends it");
            new CountDownLatch(1).await();
        }
    }

    /** Starts it; port 0 picks a free one. */
    static CaptureProxy start(Path file, int port) throws IOException {
        List<Exchange> recorded = SessionFile.read(file);
        // Requests that are alike get their recorded answers in turn. matchingBodies() would tell them apart by body,
        // too.
        return CaptureProxy.builder().port(port).rule(Stub.of(recorded).rule()).start();
    }
}
