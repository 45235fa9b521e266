package io.github.captureproxy.internal.wire;

/**
 * Checks what stands between a chunk's size and the CR of its line, byte by byte (RFC 9112 7.1.1).
 *
 * <p>White space is allowed where the RFC has BWS, and nowhere else. The extensions themselves are dropped.
 */
final class ChunkExtension {

    /**
     * In all chunks of one message. No known sender uses extensions beyond a signature of some hundred bytes a chunk
     * line; without a bound they would be a body that no limit sees.
     */
    static final int MAX_BYTES = 16 * 1024;

    /** What was read last. */
    private enum State {
        BEFORE_SEMICOLON,
        BEFORE_NAME,
        NAME,
        AFTER_NAME,
        BEFORE_VALUE,
        VALUE,
        QUOTED,
        QUOTED_PAIR,
        AFTER_QUOTED
    }

    private State state = State.BEFORE_SEMICOLON;
    private int bytes;

    /** Before the first chunk of a message. */
    void reset() {
        bytes = 0;
        startLine();
    }

    /** Before the first byte behind a chunk's size. */
    void startLine() {
        state = State.BEFORE_SEMICOLON;
    }

    /** Takes a byte; true if it was the CR that ends the extensions. */
    boolean endsWith(byte b) throws MalformedMessageException {
        if (b == Ascii.CR && mayEnd()) {
            return true;
        }
        if (++bytes > MAX_BYTES) {
            throw MalformedMessageException.badSyntax("more than " + MAX_BYTES + " bytes of chunk extensions");
        }
        state = switch (state) {
            case BEFORE_SEMICOLON -> Ascii.isBlank(b) ? state : semicolon(b);
            case BEFORE_NAME -> Ascii.isBlank(b) ? state : token(b, State.NAME);
            case NAME -> Ascii.isToken(b) ? state : afterName(b);
            case AFTER_NAME -> afterName(b);
            case BEFORE_VALUE -> beforeValue(b);
            case VALUE -> Ascii.isToken(b) ? state : afterValue(b);
            case QUOTED -> quoted(b);
            case QUOTED_PAIR -> text(b);
            case AFTER_QUOTED -> afterValue(b);
        };
        return false;
    }

    private boolean mayEnd() {
        return state == State.NAME || state == State.VALUE || state == State.AFTER_QUOTED;
    }

    private static State semicolon(byte b) throws MalformedMessageException {
        if (b != ';') {
            throw malformed();
        }
        return State.BEFORE_NAME;
    }

    private static State token(byte b, State next) throws MalformedMessageException {
        if (!Ascii.isToken(b)) {
            throw malformed();
        }
        return next;
    }

    private static State afterName(byte b) throws MalformedMessageException {
        if (b == '=') {
            return State.BEFORE_VALUE;
        }
        return Ascii.isBlank(b) ? State.AFTER_NAME : semicolon(b);
    }

    private static State beforeValue(byte b) throws MalformedMessageException {
        if (b == '"') {
            return State.QUOTED;
        }
        return Ascii.isBlank(b) ? State.BEFORE_VALUE : token(b, State.VALUE);
    }

    private static State afterValue(byte b) throws MalformedMessageException {
        return Ascii.isBlank(b) ? State.BEFORE_SEMICOLON : semicolon(b);
    }

    private static State quoted(byte b) throws MalformedMessageException {
        if (b == '"') {
            return State.AFTER_QUOTED;
        }
        return b == '\\' ? State.QUOTED_PAIR : text(b);
    }

    private static State text(byte b) throws MalformedMessageException {
        if (!Ascii.isText(b)) {
            throw malformed();
        }
        return State.QUOTED;
    }

    private static MalformedMessageException malformed() {
        return MalformedMessageException.badSyntax("a chunk size line that is not valid");
    }
}
