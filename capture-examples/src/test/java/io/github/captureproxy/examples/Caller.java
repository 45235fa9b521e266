package io.github.captureproxy.examples;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.InputStream;
import java.net.URI;
import java.util.concurrent.CountDownLatch;

/** A command to be captured: makes one call, says so, and ends with a code of its own, or not at all. */
final class Caller {
    static final int EXIT_CODE = 7;

    private Caller() {}

    public static void main(String[] args) throws Exception {
        try (InputStream in = URI.create(args[0]).toURL().openStream()) {
            System.out.println("got " + new String(in.readAllBytes(), UTF_8));
        }
        if (args.length > 1) {
            new CountDownLatch(1).await();
        }
        System.exit(EXIT_CODE);
    }
}
