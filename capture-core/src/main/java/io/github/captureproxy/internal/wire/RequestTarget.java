package io.github.captureproxy.internal.wire;

import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * A request's target, in one of four forms (RFC 9112 3.2). Positions are indices into the head's bytes.
 *
 * <p>The path and the query are not looked into: they pass byte for byte. Used by one thread at a time.
 */
public final class RequestTarget {

    /** The forms of a target. */
    public enum Form {
        /** A path and maybe a query: {@code /where?q=now}. */
        ORIGIN,
        /** A whole URI, as a proxy gets it: {@code http://www.example.org/pub}. */
        ABSOLUTE,
        /** Host and port, of CONNECT only: {@code www.example.com:443}. */
        AUTHORITY,
        /** {@code *}, of OPTIONS only. */
        ASTERISK
    }

    private final RequestHead head;
    private final Form form;
    private final Scheme scheme;
    private final int authorityStart;
    private final int hostEnd;
    private final int authorityEnd;
    private final int port;
    private @Nullable String host;

    private RequestTarget(RequestHead head, Form form, Scheme scheme, int authorityStart, int authorityEnd)
            throws MalformedMessageException {
        this.head = head;
        this.form = form;
        this.scheme = scheme;
        this.authorityStart = authorityStart;
        this.authorityEnd = authorityEnd;
        boolean hasAuthority = form == Form.ABSOLUTE || form == Form.AUTHORITY;
        this.hostEnd = hasAuthority ? Authority.hostEnd(head.bytes(), authorityStart, authorityEnd) : authorityEnd;
        this.port = hasAuthority ? Authority.port(head.bytes(), hostEnd, authorityEnd) : Authority.NO_PORT;
    }

    /**
     * Reads a request's target. The method decides which forms it may have.
     *
     * @param head the request
     * @return its target
     * @throws MalformedMessageException 400 if it is none of the forms, has user information or a fragment, or lacks
     *     what its form demands; 501 for a scheme other than http, https, ws and wss
     */
    public static RequestTarget parse(RequestHead head) throws MalformedMessageException {
        if (head.method().equals("CONNECT")) {
            return authorityForm(head);
        }
        byte first = head.bytes()[head.targetStart()];
        refuseFragment(head);
        if (first == '/') {
            return new RequestTarget(head, Form.ORIGIN, Scheme.NONE, head.targetStart(), head.targetStart());
        }
        if (first == '*') {
            return asteriskForm(head);
        }
        return absoluteForm(head);
    }

    private static RequestTarget authorityForm(RequestHead head) throws MalformedMessageException {
        RequestTarget target =
                new RequestTarget(head, Form.AUTHORITY, Scheme.NONE, head.targetStart(), head.targetEnd());
        if (target.port == Authority.NO_PORT) {
            throw MalformedMessageException.badSyntax("a CONNECT target without a port");
        }
        return target;
    }

    private static void refuseFragment(RequestHead head) throws MalformedMessageException {
        if (indexOf(head, '#', head.targetStart(), head.targetEnd()) < head.targetEnd()) {
            throw MalformedMessageException.badSyntax("a fragment in the target");
        }
    }

    private static RequestTarget asteriskForm(RequestHead head) throws MalformedMessageException {
        if (head.targetEnd() - head.targetStart() > 1 || !head.method().equals("OPTIONS")) {
            throw MalformedMessageException.badSyntax("a target in none of the forms that the method allows");
        }
        return new RequestTarget(head, Form.ASTERISK, Scheme.NONE, head.targetStart(), head.targetStart());
    }

    private static RequestTarget absoluteForm(RequestHead head) throws MalformedMessageException {
        byte[] bytes = head.bytes();
        int colon = indexOf(head, ':', head.targetStart(), head.targetEnd());
        Scheme scheme = Scheme.of(bytes, head.targetStart(), colon);
        int start = colon + 3;
        if (start > head.targetEnd() || bytes[colon + 1] != '/' || bytes[colon + 2] != '/') {
            throw MalformedMessageException.badSyntax("a URI without an authority");
        }
        int slash = indexOf(head, '/', start, head.targetEnd());
        int end = indexOf(head, '?', start, slash);
        return new RequestTarget(head, Form.ABSOLUTE, scheme, start, end);
    }

    /** The index of a byte in a range, or the range's end. */
    private static int indexOf(RequestHead head, char wanted, int from, int to) {
        byte[] bytes = head.bytes();
        int at = from;
        while (at < to && bytes[at] != wanted) {
            at++;
        }
        return at;
    }

    /**
     * The target's form.
     *
     * @return the form
     */
    public Form form() {
        return form;
    }

    /**
     * The scheme of an absolute-form, in lower case.
     *
     * @return {@code http}, {@code https}, {@code ws} or {@code wss}; empty for the other forms
     */
    public String scheme() {
        return scheme.text();
    }

    /**
     * The host of an absolute-form or authority-form, in lower case, an IPv6 address without its brackets.
     *
     * @return the host, made on the first call; empty for the other forms
     */
    public String host() {
        String made = host;
        if (made == null) {
            boolean literal = hostEnd > authorityStart && head.bytes()[authorityStart] == '[';
            int inset = literal ? 1 : 0;
            made = Ascii.string(head.bytes(), authorityStart + inset, hostEnd - inset)
                    .toLowerCase(Locale.ROOT);
            host = made;
        }
        return made;
    }

    /**
     * The port: what was given, or the scheme's own (RFC 9110 4.2).
     *
     * @return 1 to 65535; {@link Authority#NO_PORT} for the forms without an authority
     */
    public int port() {
        return port == Authority.NO_PORT ? scheme.port() : port;
    }

    /**
     * Whether the target itself names a port.
     *
     * @return false if {@link #port()} is the scheme's own
     */
    public boolean portGiven() {
        return port != Authority.NO_PORT;
    }

    /**
     * Where the authority starts: what Host has to say when the request goes on (RFC 9112 3.2.2).
     *
     * @return the index of its first byte; equal to the end for the forms without one
     */
    public int authorityStart() {
        return authorityStart;
    }

    /**
     * Where the authority ends.
     *
     * @return the index behind its last byte
     */
    public int authorityEnd() {
        return authorityEnd;
    }

    /**
     * Where the path and the query start.
     *
     * @return the index of the first byte behind the authority
     */
    public int pathStart() {
        return form == Form.AUTHORITY ? head.targetEnd() : authorityEnd;
    }

    /**
     * Where the path and the query end.
     *
     * @return the end of the target
     */
    public int pathEnd() {
        return head.targetEnd();
    }

    /**
     * What has to stand before the path's bytes when the request goes to an origin: nothing, unless the path is empty.
     * Then it is a slash, or for an OPTIONS request without a query an asterisk (RFC 9112 3.2.1 and 3.2.4).
     *
     * @return an empty string, {@code /} or {@code *}
     */
    public String pathPrefix() {
        if (form != Form.ABSOLUTE || (pathStart() < pathEnd() && head.bytes()[pathStart()] == '/')) {
            return "";
        }
        return pathStart() == pathEnd() && head.method().equals("OPTIONS") ? "*" : "/";
    }

    /**
     * Whether another target leads to the same origin: scheme, host and port are the same.
     *
     * @param other a target of the same or of another request
     * @return true if form, scheme, host (case aside) and port are the same
     */
    public boolean sameOrigin(RequestTarget other) {
        int length = hostEnd - authorityStart;
        return form == other.form
                && scheme == other.scheme
                && port() == other.port()
                && length == other.hostEnd - other.authorityStart
                && Ascii.equalsIgnoreCase(
                        head.bytes(), authorityStart, other.head.bytes(), other.authorityStart, length);
    }
}
