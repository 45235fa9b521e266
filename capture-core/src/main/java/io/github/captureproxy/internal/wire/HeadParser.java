package io.github.captureproxy.internal.wire;

import java.util.BitSet;

/**
 * Reads heads and trailer sections, strictly (RFC 9112 2 to 5).
 *
 * <p>Lines end in CRLF and nothing else; one SP stands between the parts of the first line; no line is folded; no white
 * space stands before a colon; no control character is let through. A target may hold any other byte, since a proxy
 * that changes nothing has to pass what the client wrote.
 */
public final class HeadParser {

    private static final int VERSION_LENGTH = "HTTP/1.1".length();

    private HeadParser() {}

    /**
     * Reads a request's head.
     *
     * @param head exactly the bytes from the request line to behind the blank line; they now belong to the result
     * @param maxFields how many field lines there may be
     * @return the head
     * @throws MalformedMessageException 400 for bad syntax, 505 for a version other than HTTP/1.x, 431 for more fields
     */
    public static RequestHead request(byte[] head, int maxFields) throws MalformedMessageException {
        int methodEnd = Ascii.tokenEnd(head, 0, head.length);
        if (methodEnd == 0 || byteAt(head, methodEnd) != Ascii.SP) {
            throw MalformedMessageException.badSyntax("no method at the start of the request line");
        }
        int targetEnd = targetEnd(head, methodEnd + 1);
        int minorVersion = minorVersion(head, targetEnd + 1);
        int lineEnd = lineEnd(head, targetEnd + 1 + VERSION_LENGTH, "the request line");
        if (lineEnd != targetEnd + 1 + VERSION_LENGTH) {
            throw MalformedMessageException.badSyntax("more than a method, a target and a version in the request line");
        }
        return new RequestHead(fields(head, lineEnd + 2, maxFields), methodEnd, targetEnd, minorVersion);
    }

    /**
     * Reads a request's head that was put together from an HTTP/2 field section, as strictly as any other.
     *
     * @param head the head in the form of HTTP/1.1; it now belongs to the result
     * @param maxFields how many field lines there may be
     * @param neverIndexed which lines are to be kept out of HPACK tables, by their numbers
     * @return the head
     * @throws MalformedMessageException 400 for bad syntax, 431 for more fields
     */
    public static RequestHead http2Request(byte[] head, int maxFields, BitSet neverIndexed)
            throws MalformedMessageException {
        RequestHead read = request(head, maxFields);
        int methodEnd = read.targetStart() - 1;
        return new RequestHead(marked(read.fields(), neverIndexed), methodEnd, read.targetEnd(), 1, true);
    }

    /**
     * Reads a response's head that was put together from an HTTP/2 field section, as strictly as any other.
     *
     * @param head the head in the form of HTTP/1.1; it now belongs to the result
     * @param maxFields how many field lines there may be
     * @param neverIndexed which lines are to be kept out of HPACK tables, by their numbers
     * @return the head
     * @throws MalformedMessageException if it must be refused
     */
    public static ResponseHead http2Response(byte[] head, int maxFields, BitSet neverIndexed)
            throws MalformedMessageException {
        ResponseHead read = response(head, maxFields);
        Fields fields = marked(read.fields(), neverIndexed);
        return new ResponseHead(fields, read.status(), read.reasonStart(), read.reasonEnd(), 1, true);
    }

    /**
     * Reads a trailer section that was put together from an HTTP/2 field section.
     *
     * @param section the field lines in the form of HTTP/1.1, and the blank line; they now belong to the result
     * @param maxFields how many field lines there may be
     * @param neverIndexed which lines are to be kept out of HPACK tables, by their numbers
     * @return the fields
     * @throws MalformedMessageException 400 for bad syntax, 431 for more fields
     */
    public static Fields http2Trailers(byte[] section, int maxFields, BitSet neverIndexed)
            throws MalformedMessageException {
        return marked(trailers(section, maxFields), neverIndexed);
    }

    private static Fields marked(Fields fields, BitSet neverIndexed) {
        for (int i = neverIndexed.nextSetBit(0); i >= 0 && i < fields.count(); i = neverIndexed.nextSetBit(i + 1)) {
            fields.neverIndex(i);
        }
        return fields;
    }

    /**
     * Reads a response's head. A missing SP behind the status is taken for an empty reason: many origins leave it out.
     *
     * @param head exactly the bytes from the status line to behind the blank line; they now belong to the result
     * @param maxFields how many field lines there may be
     * @return the head
     * @throws MalformedMessageException if it must be refused
     */
    public static ResponseHead response(byte[] head, int maxFields) throws MalformedMessageException {
        int minorVersion = minorVersion(head, 0);
        int status = status(head, VERSION_LENGTH);
        int reasonStart = VERSION_LENGTH + 4;
        if (byteAt(head, reasonStart) == Ascii.SP) {
            reasonStart++;
        } else if (byteAt(head, reasonStart) != Ascii.CR) {
            throw MalformedMessageException.badSyntax("no space behind the status");
        }
        int reasonEnd = lineEnd(head, reasonStart, "the reason");
        return new ResponseHead(fields(head, reasonEnd + 2, maxFields), status, reasonStart, reasonEnd, minorVersion);
    }

    /**
     * Reads a trailer section (RFC 9112 7.1.2).
     *
     * @param section exactly the field lines and the blank line behind them; they now belong to the result
     * @param maxFields how many field lines there may be
     * @return the fields
     * @throws MalformedMessageException 400 for bad syntax, 431 for more fields
     */
    public static Fields trailers(byte[] section, int maxFields) throws MalformedMessageException {
        return fields(section, 0, maxFields);
    }

    /** The byte at an index, NUL behind the end: NUL is legal nowhere, so it is refused like any other stray byte. */
    private static byte byteAt(byte[] head, int at) {
        return at < head.length ? head[at] : 0;
    }

    private static int targetEnd(byte[] head, int from) throws MalformedMessageException {
        int at = from;
        while (at < head.length && ((head[at] > Ascii.SP && head[at] != Ascii.DEL) || head[at] < 0)) {
            at++;
        }
        if (at == from) {
            throw MalformedMessageException.badSyntax("no target behind the method");
        }
        if (byteAt(head, at) != Ascii.SP) {
            throw MalformedMessageException.badSyntax(
                    byteAt(head, at) == Ascii.CR
                            ? "no version in the request line"
                            : "a control character in the target");
        }
        return at;
    }

    /** Reads HTTP-version, which is case-sensitive (RFC 9112 2.3). A later HTTP/1 is taken for HTTP/1.1. */
    private static int minorVersion(byte[] head, int from) throws MalformedMessageException {
        if (head.length < from + VERSION_LENGTH || !isVersion(head, from)) {
            throw MalformedMessageException.badSyntax("no HTTP version where one belongs");
        }
        if (head[from + 5] != '1') {
            throw new MalformedMessageException(505, "a version other than HTTP/1.0 and HTTP/1.1");
        }
        return head[from + 7] == '0' ? 0 : 1;
    }

    private static boolean isVersion(byte[] head, int from) {
        return head[from] == 'H'
                && head[from + 1] == 'T'
                && head[from + 2] == 'T'
                && head[from + 3] == 'P'
                && head[from + 4] == '/'
                && Ascii.isDigit(head[from + 5])
                && head[from + 6] == '.'
                && Ascii.isDigit(head[from + 7]);
    }

    private static int status(byte[] head, int from) throws MalformedMessageException {
        int status = 0;
        for (int at = from + 1; at < from + 4; at++) {
            byte digit = byteAt(head, at);
            if (!Ascii.isDigit(digit)) {
                throw MalformedMessageException.badSyntax("a status that is not three digits");
            }
            status = status * 10 + digit - '0';
        }
        if (head[from] != Ascii.SP || status < 100) {
            throw MalformedMessageException.badSyntax("a status line without a valid status");
        }
        return status;
    }

    private static Fields fields(byte[] head, int from, int maxFields) throws MalformedMessageException {
        Fields fields = new Fields(head, from);
        int at = from;
        while (byteAt(head, at) != Ascii.CR) {
            if (fields.count() == maxFields) {
                throw new MalformedMessageException(431, "more than " + maxFields + " fields");
            }
            at = field(head, at, fields);
        }
        if (byteAt(head, at + 1) != Ascii.LF || at + 2 != head.length) {
            throw MalformedMessageException.badSyntax("no blank line at the end of the fields");
        }
        return fields;
    }

    /** Reads one line; returns where the next starts. */
    private static int field(byte[] head, int from, Fields fields) throws MalformedMessageException {
        int nameEnd = Ascii.tokenEnd(head, from, head.length);
        if (nameEnd == from || byteAt(head, nameEnd) != ':') {
            throw badName(head, from, nameEnd);
        }
        int valueStart = Ascii.skipBlank(head, nameEnd + 1, head.length);
        int lineEnd = lineEnd(head, valueStart, "a field value");
        fields.add(from, nameEnd, valueStart, Ascii.trimEnd(head, valueStart, lineEnd), lineEnd + 2);
        return lineEnd + 2;
    }

    /** Finds the CRLF that ends a line of text; returns the index of its CR. */
    private static int lineEnd(byte[] head, int from, String what) throws MalformedMessageException {
        int at = Ascii.textEnd(head, from, head.length);
        if (byteAt(head, at) != Ascii.CR) {
            throw MalformedMessageException.badSyntax("a control character in " + what);
        }
        if (byteAt(head, at + 1) != Ascii.LF) {
            throw MalformedMessageException.badSyntax("a bare CR in " + what);
        }
        return at;
    }

    private static MalformedMessageException badName(byte[] head, int from, int nameEnd) {
        byte stray = byteAt(head, nameEnd);
        if (nameEnd == from) {
            return MalformedMessageException.badSyntax(
                    Ascii.isBlank(stray) ? "a folded field line" : "a field line that does not start with a name");
        }
        return MalformedMessageException.badSyntax(
                Ascii.isBlank(stray) ? "white space before a field's colon" : "a field name that is not a token");
    }
}
