package io.github.captureproxy.export;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.IOException;
import java.io.OutputStream;
import java.net.URLDecoder;

/** Redacts the values of named fields in {@code application/x-www-form-urlencoded}, a query's pairs among them. */
final class FormScrubber extends Scrubber {
    private final Name name = new Name();
    private State state = State.NAME;

    private enum State {
        NAME,
        VALUE,
        SECRET
    }

    FormScrubber(NameSet names, Placeholders placeholders) {
        super(names, placeholders);
    }

    @Override
    void feed(byte[] bytes, int from, int to, OutputStream out) throws IOException {
        int at = from;
        while (at < to) {
            int start = at;
            switch (state) {
                case NAME -> {
                    at = until(bytes, at, to, "&;=");
                    name.add(bytes, start, at);
                    at = copyWithMark(bytes, start, at, to, out);
                }
                case VALUE -> {
                    at = until(bytes, at, to, "&;");
                    at = copyWithMark(bytes, start, at, to, out);
                }
                case SECRET -> {
                    at = until(bytes, at, to, "&"); // A semicolon may well be part of a password.
                    secret.add(bytes, start, at);
                    if (at < to) {
                        writeSecret(out);
                        at = copyWithMark(bytes, at, at, to, out);
                    }
                }
            }
        }
    }

    /** Copies up to and with the mark that ends this state, if it is there. */
    private int copyWithMark(byte[] bytes, int from, int at, int to, OutputStream out) throws IOException {
        int end = Math.min(at + 1, to);
        out.write(bytes, from, end - from);
        if (at < to && bytes[at] == '=') {
            boolean wanted = names.containsField(decoded(name.toBytes()));
            secret.clear();
            state = wanted ? State.SECRET : State.VALUE;
        } else if (at < to) {
            name.clear();
            state = State.NAME;
        }
        return end;
    }

    private static int until(byte[] bytes, int from, int to, String marks) {
        int at = from;
        while (at < to && marks.indexOf(bytes[at]) < 0) {
            at++;
        }
        return at;
    }

    private void writeSecret(OutputStream out) throws IOException {
        if (secret.isDigesting()) {
            replace(secret.digest().getBytes(UTF_8), out);
            return;
        }
        byte[] raw = secret.raw();
        String meaning = decoded(raw);
        String placeholder = secret.placeholder(meaning);
        if (placeholder.equals(meaning)) {
            out.write(raw);
        } else {
            replace(placeholder.getBytes(UTF_8), out);
        }
    }

    @Override
    void finish(OutputStream out) throws IOException {
        if (state == State.SECRET) {
            writeSecret(out);
        }
    }

    /** What a name or value means; one with a bad percent sign means itself. */
    static String decoded(byte[] raw) {
        String text = new String(raw, UTF_8);
        if (text.indexOf('%') < 0 && text.indexOf('+') < 0) {
            return text;
        }
        try {
            return URLDecoder.decode(new String(raw, ISO_8859_1), UTF_8);
        } catch (IllegalArgumentException e) {
            return text; // Still the same for the same secret.
        }
    }
}
