package io.github.captureproxy.examples.tools;

import java.io.InputStream;
import java.net.URI;

/** A program of one call, which ends with a code of its own. */
final class OneCall {
    static final int EXIT_CODE = 7;

    private OneCall() {}

    public static void main(String[] args) throws Exception {
        try (InputStream in = URI.create(args[0]).toURL().openStream()) {
            in.readAllBytes();
        }
        System.exit(EXIT_CODE);
    }
}
