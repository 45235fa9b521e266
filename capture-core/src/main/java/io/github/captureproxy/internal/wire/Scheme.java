package io.github.captureproxy.internal.wire;

/** The URI schemes that a request may name, and their ports (RFC 9110 4.2, RFC 6455 3). */
enum Scheme {
    HTTP("http", 80),
    HTTPS("https", 443),
    WS("ws", 80),
    WSS("wss", 443),
    NONE("", Authority.NO_PORT);

    private static final Scheme[] NAMED = {HTTP, HTTPS, WS, WSS};

    private final String text;
    private final int port;

    Scheme(String text, int port) {
        this.text = text;
        this.port = port;
    }

    /** Tells a scheme, in any case; 400 if it is no scheme at all (RFC 3986 3.1), 501 if it is another one. */
    static Scheme of(byte[] bytes, int from, int to) throws MalformedMessageException {
        for (Scheme scheme : NAMED) {
            if (Ascii.equalsIgnoreCase(bytes, from, to, scheme.text)) {
                return scheme;
            }
        }
        for (int at = from; at < to; at++) {
            byte b = Ascii.lower(bytes[at]);
            boolean letter = b >= 'a' && b <= 'z';
            boolean rest = Ascii.isDigit(b) || b == '+' || b == '-' || b == '.';
            if (!letter && (at == from || !rest)) {
                throw notATarget();
            }
        }
        if (from == to || to == bytes.length || bytes[to] != ':') {
            throw notATarget();
        }
        throw new MalformedMessageException(501, "a scheme other than http, https, ws and wss");
    }

    private static MalformedMessageException notATarget() {
        return MalformedMessageException.badSyntax("a target that is neither a path nor a URI");
    }

    String text() {
        return text;
    }

    int port() {
        return port;
    }
}
