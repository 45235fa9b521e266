package io.github.captureproxy.internal.wire;

/** What RFC 9112 3.2 asks of Host: exactly one in HTTP/1.1, at most one in HTTP/1.0, and a valid one. */
public final class HostRules {

    private HostRules() {}

    /**
     * Checks a request's Host.
     *
     * @param head the request
     * @throws MalformedMessageException 400 if it is missing, repeated or not valid, or empty although the target has
     *     an authority
     */
    public static void check(RequestHead head) throws MalformedMessageException {
        Fields fields = head.fields();
        int host = fields.indexOf(FieldName.HOST);
        if (host < 0) {
            if (head.minorVersion() > 0) {
                throw MalformedMessageException.badSyntax("no Host");
            }
            return;
        }
        if (fields.indexOf(FieldName.HOST, host + 1) >= 0) {
            throw MalformedMessageException.badSyntax("more than one Host");
        }
        checkValue(head, fields.valueStart(host), fields.valueEnd(host));
    }

    private static void checkValue(RequestHead head, int from, int to) throws MalformedMessageException {
        if (from < to) {
            Authority.port(head.bytes(), Authority.hostEnd(head.bytes(), from, to), to);
        } else if (hasAuthority(head)) {
            throw MalformedMessageException.badSyntax("an empty Host");
        }
    }

    private static boolean hasAuthority(RequestHead head) {
        byte first = head.bytes()[head.targetStart()];
        return first != '/' && first != '*';
    }
}
