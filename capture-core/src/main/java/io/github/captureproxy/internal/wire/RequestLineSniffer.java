package io.github.captureproxy.internal.wire;

import io.github.captureproxy.internal.wire.FirstBytes.Kind;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.List;

/**
 * Recognises an HTTP/1.x request line (RFC 9112 section 3) among first bytes, and nothing that only resembles one.
 *
 * <p>It waits for more only behind (a beginning of) a registered method, or behind another token that a space and a
 * slash follow. So neither {@code JDWP-Handshake}, {@code hello} nor {@code PING}, sent without a line end, is held
 * back. CONNECT is no match: inside a tunnel it speaks to another proxy, whose tunnel is none of our business.
 */
final class RequestLineSniffer {

    /** As long as a request line may be before it counts as something else: twice what RFC 9112 section 3 asks for. */
    static final int MAX_LINE_BYTES = 16 * 1024;

    /** The longest method that is looked for; the longest registered one has 17 characters. */
    static final int MAX_METHOD_BYTES = 32;

    /** The IANA HTTP Method Registry, less CONNECT and PRI, and with M-SEARCH and PURGE, which are in wide use. */
    private static final List<String> METHODS = List.of(
            "GET",
            "POST",
            "HEAD",
            "PUT",
            "OPTIONS",
            "PATCH",
            "DELETE",
            "TRACE",
            "ACL",
            "BASELINE-CONTROL",
            "BIND",
            "CHECKIN",
            "CHECKOUT",
            "COPY",
            "LABEL",
            "LINK",
            "LOCK",
            "MERGE",
            "MKACTIVITY",
            "MKCALENDAR",
            "MKCOL",
            "MKREDIRECTREF",
            "MKWORKSPACE",
            "MOVE",
            "ORDERPATCH",
            "PROPFIND",
            "PROPPATCH",
            "QUERY",
            "REBIND",
            "REPORT",
            "SEARCH",
            "UNBIND",
            "UNCHECKOUT",
            "UNLINK",
            "UNLOCK",
            "UPDATE",
            "UPDATEREDIRECTREF",
            "VERSION-CONTROL",
            "M-SEARCH",
            "PURGE");

    private static final byte[] HTTP_1 = AsciiPrefix.bytes("HTTP/1.");

    private RequestLineSniffer() {}

    /** Looks at the bytes between position and limit, which are left unread: at least one. */
    static Kind sniff(ByteBuffer buf) {
        int methodEnd = endOfMethod(buf);
        if (methodEnd == buf.limit()) {
            return beginsRegisteredMethod(text(buf, methodEnd)) ? Kind.NEED_MORE : Kind.OTHER;
        }
        if (methodEnd == buf.position() || buf.get(methodEnd) != ' ') {
            return Kind.OTHER;
        }
        String method = text(buf, methodEnd);
        int target = methodEnd + 1;
        if (method.equals("CONNECT") || !METHODS.contains(method) && !slashAt(buf, target)) {
            return Kind.OTHER;
        }
        return afterMethod(buf, target);
    }

    /** The index of the first byte that is no part of a method; the limit if there is none yet. */
    private static int endOfMethod(ByteBuffer buf) {
        int last = Math.min(buf.limit(), buf.position() + MAX_METHOD_BYTES);
        int i = buf.position();
        while (i < last && isTokenByte(buf.get(i))) {
            i++;
        }
        return i;
    }

    private static boolean beginsRegisteredMethod(String text) {
        return METHODS.stream().anyMatch(method -> method.startsWith(text));
    }

    private static boolean slashAt(ByteBuffer buf, int index) {
        return index < buf.limit() && buf.get(index) == '/';
    }

    private static Kind afterMethod(ByteBuffer buf, int target) {
        int end = target;
        while (end < buf.limit() && isTargetByte(buf.get(end))) {
            end++;
        }
        if (end - buf.position() >= MAX_LINE_BYTES) {
            return Kind.OTHER;
        }
        if (end == buf.limit()) {
            return Kind.NEED_MORE;
        }
        return end == target || buf.get(end) != ' ' ? Kind.OTHER : version(buf, end + 1);
    }

    private static Kind version(ByteBuffer buf, int from) {
        int same = AsciiPrefix.commonPrefix(buf, from, HTTP_1);
        int minor = from + HTTP_1.length;
        if (same < HTTP_1.length) {
            return from + same == buf.limit() ? Kind.NEED_MORE : Kind.OTHER;
        }
        if (minor < buf.limit() && buf.get(minor) != '0' && buf.get(minor) != '1') {
            return Kind.OTHER;
        }
        if (minor + 1 < buf.limit() && buf.get(minor + 1) != '\r') {
            return Kind.OTHER;
        }
        if (minor + 2 >= buf.limit()) {
            return Kind.NEED_MORE;
        }
        return buf.get(minor + 2) == '\n' ? Kind.HTTP1 : Kind.OTHER;
    }

    private static String text(ByteBuffer buf, int end) {
        byte[] bytes = new byte[end - buf.position()];
        buf.duplicate().get(bytes);
        return new String(bytes, StandardCharsets.ISO_8859_1);
    }

    /** A tchar (RFC 9110 section 5.6.2). */
    private static boolean isTokenByte(byte b) {
        return b >= 'a' && b <= 'z'
                || b >= 'A' && b <= 'Z'
                || b >= '0' && b <= '9'
                || "!#$%&'*+-.^_`|~".indexOf(b) >= 0;
    }

    /** Whatever clients put raw into a target: all but controls and the space that ends it. */
    private static boolean isTargetByte(byte b) {
        int value = b & 0xff;
        return value > ' ' && value != 0x7f;
    }
}
