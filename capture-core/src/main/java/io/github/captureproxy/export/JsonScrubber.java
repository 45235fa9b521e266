package io.github.captureproxy.export;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.IOException;
import java.io.OutputStream;

/**
 * Redacts the values of named fields in JSON (RFC 8259), at any depth: a string, a number, or an object or array as a
 * whole. {@code true}, {@code false}, {@code null} and empty strings are no secrets. It looks for names before colons
 * and checks no more of the grammar, so it also does its work in what is cut, broken, or several documents in a row.
 */
final class JsonScrubber extends Scrubber {
    private final Name name = new Name();
    private State state = State.BETWEEN;
    private final boolean lines;
    private boolean escaped;
    private boolean escapes;
    private boolean quoted;
    private int depth;
    /** Where the run starts that is to be copied, or kept, next. */
    private int run;

    private enum State {
        /** Outside of strings. */
        BETWEEN,
        /** In a string that may turn out to be a name. */
        STRING,
        /** Behind a string: a colon makes it a name. */
        BEHIND_STRING,
        /** Behind the colon of a name that is looked for. */
        BEFORE_SECRET,
        SECRET_STRING,
        SECRET_NUMBER,
        SECRET_NESTED
    }

    JsonScrubber(NameSet names, Placeholders placeholders) {
        this(names, placeholders, false);
    }

    /**
     * What looks for names.
     *
     * @param lines true if a string ends with its line at the latest: one line may be no JSON, and others are
     */
    JsonScrubber(NameSet names, Placeholders placeholders, boolean lines) {
        super(names, placeholders);
        this.lines = lines;
    }

    @Override
    void feed(byte[] bytes, int from, int to, OutputStream out) throws IOException {
        int start = from;
        for (int i = from; lines && i < to; i++) {
            if (bytes[i] == '\n') {
                piece(bytes, start, i + 1, out);
                state = state == State.STRING ? State.BETWEEN : state;
                start = i + 1;
            }
        }
        piece(bytes, start, to, out);
    }

    private void piece(byte[] bytes, int from, int to, OutputStream out) throws IOException {
        run = from;
        int nameStart = from;
        int at = from;
        while (at < to) {
            switch (state) {
                case BETWEEN -> {
                    while (at < to && bytes[at] != '"') {
                        at++;
                    }
                    if (at < to) {
                        startName();
                        nameStart = ++at;
                    }
                }
                case STRING -> {
                    at = endOfString(bytes, at, to);
                    if (at < to) {
                        at = endOfName(bytes, nameStart, at, to);
                    }
                }
                case BEHIND_STRING -> at = behindString(bytes, at);
                case BEFORE_SECRET -> at = beforeSecret(bytes, at, out);
                case SECRET_STRING -> at = secretString(bytes, at, to, out);
                case SECRET_NUMBER -> at = secretNumber(bytes, at, to, out);
                case SECRET_NESTED -> at = secretNested(bytes, at, to, out);
            }
        }
        if (state == State.STRING) {
            name.add(bytes, nameStart, to);
        }
        endPiece(bytes, to, out);
    }

    private void startName() {
        name.clear();
        escaped = false;
        escapes = false;
        state = State.STRING;
    }

    /** The index of the quote that ends a string; the end if it is not there. */
    private int endOfString(byte[] bytes, int from, int to) {
        int at = from;
        if (escaped && at < to) {
            escaped = false;
            at++;
        }
        while (at < to && bytes[at] != '"') {
            if (bytes[at] == '\\') {
                escapes = true;
                at++;
                escaped = at == to;
            }
            at = Math.min(at + 1, to);
        }
        return at;
    }

    /** Mostly what follows tells at once what the string was, and nothing has to be copied. */
    private int endOfName(byte[] bytes, int start, int end, int to) {
        byte next = end + 1 < to ? bytes[end + 1] : (byte) ' ';
        if (next == ',' || next == '}' || next == ']') {
            state = State.BETWEEN;
            return end + 1;
        }
        if (next == ':' && !escapes && name.isEmpty()) {
            state = names.contains(bytes, start, end) ? State.BEFORE_SECRET : State.BETWEEN;
            return end + 2;
        }
        name.add(bytes, start, end);
        state = State.BEHIND_STRING;
        return end + 1;
    }

    private int behindString(byte[] bytes, int at) {
        byte b = bytes[at];
        if (isSpace(b)) {
            return at + 1;
        }
        if (b != ':') {
            state = State.BETWEEN;
            return at;
        }
        state = isSecretName() ? State.BEFORE_SECRET : State.BETWEEN;
        return at + 1;
    }

    private boolean isSecretName() {
        if (name.isEmpty()) {
            return false;
        }
        if (escapes) {
            return names.contains(unescaped(name.toBytes()));
        }
        return name.isIn(names);
    }

    private int beforeSecret(byte[] bytes, int at, OutputStream out) throws IOException {
        byte b = bytes[at];
        if (isSpace(b)) {
            return at + 1;
        }
        escaped = false;
        escapes = false;
        secret.clear();
        if (b == '"') {
            out.write(bytes, run, at + 1 - run);
            run = at + 1;
            state = State.SECRET_STRING;
            return at + 1;
        }
        if (b == '{' || b == '[') {
            depth = 0;
            quoted = false;
            state = State.SECRET_NESTED;
        } else if (b == '-' || b >= '0' && b <= '9') {
            state = State.SECRET_NUMBER;
        } else {
            state = State.BETWEEN;
            return at;
        }
        out.write(bytes, run, at - run);
        run = at;
        return at;
    }

    private int secretString(byte[] bytes, int from, int to, OutputStream out) throws IOException {
        int at = endOfString(bytes, from, to);
        secret.add(bytes, run, at);
        run = at;
        if (at < to) {
            writeString(out);
            state = State.BETWEEN;
            return at + 1; // Past the quote, which is copied with what follows.
        }
        return at;
    }

    private void writeString(OutputStream out) throws IOException {
        if (secret.isDigesting()) {
            replace(secret.digest().getBytes(UTF_8), out);
            return;
        }
        byte[] raw = secret.raw();
        String meaning = escapes ? unescaped(raw) : new String(raw, UTF_8);
        String placeholder = secret.placeholder(meaning);
        if (placeholder.equals(meaning)) {
            out.write(raw);
        } else {
            replace(placeholder.getBytes(UTF_8), out);
        }
    }

    private int secretNumber(byte[] bytes, int from, int to, OutputStream out) throws IOException {
        int at = from;
        while (at < to && !isSpace(bytes[at]) && bytes[at] != ',' && bytes[at] != '}' && bytes[at] != ']') {
            at++;
        }
        secret.add(bytes, run, at);
        run = at;
        if (at < to) {
            writeQuoted(out);
        }
        return at;
    }

    private int secretNested(byte[] bytes, int from, int to, OutputStream out) throws IOException {
        int at = from;
        boolean open = true;
        while (at < to && open) {
            byte b = bytes[at];
            if (quoted) {
                at = endOfString(bytes, at, to);
                quoted = at == to;
            } else if (b == '"') {
                quoted = true;
                escaped = false;
            } else if (b == '{' || b == '[') {
                depth++;
            } else if (b == '}' || b == ']') {
                depth--;
                open = depth > 0;
            }
            at = Math.min(at + 1, to);
        }
        secret.add(bytes, run, at);
        run = at;
        if (!open) {
            writeQuoted(out);
        }
        return at;
    }

    private void writeQuoted(OutputStream out) throws IOException {
        String placeholder =
                secret.isDigesting() ? secret.digest() : secret.placeholder(new String(secret.raw(), UTF_8));
        replace(('"' + placeholder + '"').getBytes(UTF_8), out);
        state = State.BETWEEN;
    }

    private void endPiece(byte[] bytes, int to, OutputStream out) throws IOException {
        boolean within = state == State.SECRET_STRING || state == State.SECRET_NUMBER || state == State.SECRET_NESTED;
        if (!within && run < to) {
            out.write(bytes, run, to - run);
        }
    }

    @Override
    void finish(OutputStream out) throws IOException {
        switch (state) {
            case SECRET_STRING -> writeString(out);
            case SECRET_NUMBER, SECRET_NESTED -> writeQuoted(out);
            default -> {
                // All has been copied.
            }
        }
    }

    private static boolean isSpace(byte b) {
        return b == ' ' || b == '\n' || b == '\r' || b == '\t';
    }

    /** What a string's bytes mean (RFC 8259 section 7); an escape that is none stays. */
    private static String unescaped(byte[] raw) {
        String text = new String(raw, UTF_8);
        StringBuilder plain = new StringBuilder(text.length());
        int at = 0;
        while (at < text.length()) {
            char c = text.charAt(at++);
            if (c != '\\' || at == text.length()) {
                plain.append(c);
                continue;
            }
            char kind = text.charAt(at++);
            int code = kind == 'u' && at + 4 <= text.length() ? hex(text, at) : -1;
            if (code >= 0) {
                plain.append((char) code);
                at += 4;
            } else {
                int known = "bfnrt".indexOf(kind);
                plain.append(known < 0 ? kind : "\b\f\n\r\t".charAt(known));
            }
        }
        return plain.toString();
    }

    private static int hex(String text, int from) {
        int code = 0;
        for (int i = from; i < from + 4; i++) {
            int digit = Character.digit(text.charAt(i), 16);
            if (digit < 0) {
                return -1;
            }
            code = code << 4 | digit;
        }
        return code;
    }
}
