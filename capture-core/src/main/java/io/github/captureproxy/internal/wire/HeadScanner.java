package io.github.captureproxy.internal.wire;

import java.nio.ByteBuffer;

/**
 * Finds the end of a head, over as many reads as it takes.
 *
 * <p>It keeps its place between calls, so that no byte is looked at twice. What can never become a head (a bare LF or
 * CR, a NUL) is refused at once, so that a peer that sends it is answered and not left to wait for the rest.
 *
 * <p>One per connection, used by one thread at a time. How long a head may become is for the caller to bound.
 */
public final class HeadScanner {

    /** How much of CRLF CRLF was there at the end of what was scanned. */
    private enum State {
        TEXT,
        CR,
        LINE_END,
        LAST_CR,
        HEAD_END
    }

    private State state = State.TEXT;

    /** Makes a scanner that stands before the first byte of a head. */
    public HeadScanner() {}

    /** Goes back to before the first byte of a head. */
    public void reset() {
        state = State.TEXT;
    }

    /** Goes to the start of a line, so that CRLF alone ends the section (a trailer section may have no line). */
    void resetToLineStart() {
        state = State.LINE_END;
    }

    /**
     * Scans the bytes that follow those of the last call.
     *
     * @param buf where they are; its position and limit are neither used nor moved
     * @param from the first byte that has not been scanned yet
     * @param to behind the last byte that is there
     * @return the index behind the blank line that ends the head, or -1 if more bytes are needed
     * @throws MalformedMessageException for a bare LF, a bare CR or a NUL: the scanner then is of no more use
     */
    public int scan(ByteBuffer buf, int from, int to) throws MalformedMessageException {
        int at = from;
        while (at < to) {
            if (state == State.TEXT) {
                at = skipText(buf, at, to);
                if (at == to) {
                    return -1;
                }
            }
            state = next(buf.get(at++));
            if (state == State.HEAD_END) {
                return at;
            }
        }
        return -1;
    }

    /** The index of the first byte up to CR, the highest of those that matter, or {@code to}. */
    private static int skipText(ByteBuffer buf, int from, int to) {
        int at = from;
        while (at + 8 <= to && Ascii.lowerThan(buf.getLong(at), Ascii.CR + 1) == 0) {
            at += 8;
        }
        while (at < to && (buf.get(at) & 0xff) > Ascii.CR) {
            at++;
        }
        return at;
    }

    private State next(byte b) throws MalformedMessageException {
        return switch (state) {
            case TEXT -> inLine(b, State.CR);
            case LINE_END -> inLine(b, State.LAST_CR);
            case CR -> afterCr(b, State.LINE_END);
            case LAST_CR -> afterCr(b, State.HEAD_END);
            case HEAD_END -> throw new IllegalStateException("The head has ended; reset() before the next one");
        };
    }

    private static State inLine(byte b, State afterCr) throws MalformedMessageException {
        if (b == Ascii.LF) {
            throw MalformedMessageException.badSyntax("a bare LF in the head");
        }
        if (b == 0) {
            throw MalformedMessageException.badSyntax("a NUL in the head");
        }
        return b == Ascii.CR ? afterCr : State.TEXT;
    }

    private static State afterCr(byte b, State afterLf) throws MalformedMessageException {
        if (b != Ascii.LF) {
            throw MalformedMessageException.badSyntax("a bare CR in the head");
        }
        return afterLf;
    }

    /**
     * Counts the empty lines before a request that a server should ignore (RFC 9112 2.2), up to two of them.
     *
     * <p>A CR that is the last byte there counts for nothing: ask again when more is there.
     *
     * @param buf where to look; its position and limit are neither used nor moved
     * @param from the first byte after the last message
     * @param to behind the last byte that is there
     * @return how many bytes to skip: 0, 2 or 4
     */
    public static int leadingCrlf(ByteBuffer buf, int from, int to) {
        int at = from;
        while (at - from < 4 && at + 1 < to && buf.get(at) == Ascii.CR && buf.get(at + 1) == Ascii.LF) {
            at += 2;
        }
        return at - from;
    }
}
