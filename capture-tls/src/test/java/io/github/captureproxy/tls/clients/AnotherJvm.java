package io.github.captureproxy.tls.clients;

import java.io.InputStream;
import java.net.URI;

/** A Java program that knows of no proxy but by the JVM's settings. */
public final class AnotherJvm {
    private AnotherJvm() {}

    /** Prints what is at a URL. */
    public static void main(String[] arguments) throws Exception {
        try (InputStream in = URI.create(arguments[0]).toURL().openStream()) {
            in.transferTo(System.out);
        }
        System.out.flush();
    }
}
