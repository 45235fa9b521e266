package io.github.captureproxy.examples.tools;

import io.github.captureproxy.exchange.Exchange;
import io.github.captureproxy.export.ExchangeReader;
import io.github.captureproxy.export.Har;
import io.github.captureproxy.export.JsonLines;
import java.io.IOException;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;

/** Reads what was recorded: HAR of this library, browsers and other programs, and JSON lines of this library. */
final class SessionFile {
    private SessionFile() {}

    /** All of it, in memory: a session of a person or a test run, not of a day. */
    static List<Exchange> read(Path file) throws IOException {
        boolean har = file.toString().toLowerCase(Locale.ROOT).endsWith(".har");
        try (ExchangeReader reader = har ? Har.read(file) : JsonLines.read(file)) {
            return reader.toList();
        }
    }

    /** Why it can't be read, in one line. */
    static String problem(Path file, IOException e) {
        String why = e instanceof NoSuchFileException ? "there is no such file" : String.valueOf(e.getMessage());
        return file + " can't be read: " + why.lines().findFirst().orElse("");
    }
}
