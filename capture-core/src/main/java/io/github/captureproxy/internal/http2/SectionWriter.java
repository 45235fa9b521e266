package io.github.captureproxy.internal.http2;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

import io.github.captureproxy.internal.hpack.HpackEncoder;
import io.github.captureproxy.internal.wire.FieldName;
import io.github.captureproxy.internal.wire.Fields;
import io.github.captureproxy.internal.wire.HopByHop;
import io.github.captureproxy.internal.wire.RequestHead;
import io.github.captureproxy.internal.wire.RequestRewriter;
import io.github.captureproxy.internal.wire.RequestTarget;
import io.github.captureproxy.internal.wire.ResponseHead;
import io.github.captureproxy.internal.wire.TrailerRules;
import org.jspecify.annotations.Nullable;

/**
 * Writes heads as field sections: names in lower case, what belongs to a connection left out, never-indexed fields kept
 * so (RFC 9113 section 8.2, RFC 7541 section 7.1.3). Over the encoder of one connection.
 */
public final class SectionWriter {
    private static final byte[] METHOD = ":method".getBytes(ISO_8859_1);
    private static final byte[] SCHEME = ":scheme".getBytes(ISO_8859_1);
    private static final byte[] AUTHORITY = ":authority".getBytes(ISO_8859_1);
    private static final byte[] PATH = ":path".getBytes(ISO_8859_1);
    private static final byte[] STATUS = ":status".getBytes(ISO_8859_1);
    private static final byte[] TE = "te".getBytes(ISO_8859_1);
    private static final byte[] TRAILERS = "trailers".getBytes(ISO_8859_1);
    private static final byte[] VIA = "via".getBytes(ISO_8859_1);
    private static final byte[] HTTPS = "https".getBytes(ISO_8859_1);
    private static final byte[] HTTP = "http".getBytes(ISO_8859_1);

    private final HpackEncoder hpack;
    private byte[] lower = new byte[64];

    SectionWriter(HpackEncoder hpack) {
        this.hpack = hpack;
    }

    /**
     * What a request's section is made of.
     *
     * @param head the head
     * @param target its target
     * @param hopByHop what stays behind
     * @param secure true for {@code https}
     * @param host the authority to name; null to take the one that the request names
     * @param via the name to add to {@code Via}; null for none
     */
    public record Request(
            RequestHead head,
            RequestTarget target,
            HopByHop hopByHop,
            boolean secure,
            byte @Nullable [] host,
            @Nullable String via) {}

    void request(Request request) {
        RequestHead head = request.head();
        hpack.begin();
        field(METHOD, head.method().getBytes(ISO_8859_1));
        field(SCHEME, request.secure() ? HTTPS : HTTP);
        authority(request);
        path(head, request.target());
        Fields fields = head.fields();
        for (int i = 0; i < fields.count(); i++) {
            FieldName known = fields.known(i);
            if (known == FieldName.MAX_FORWARDS && RequestRewriter.countsForwards(head.method())) {
                byte[] value = RequestRewriter.decremented(fields.value(i)).getBytes(ISO_8859_1);
                field(lowerName(fields, i), fields.nameEnd(i) - fields.nameStart(i), value, 0, value.length, false);
            } else if (known != FieldName.HOST && !request.hopByHop().drops(fields, i)) {
                field(fields, i);
            }
        }
        if (request.hopByHop().teTrailers()) {
            field(TE, TRAILERS);
        }
        if (request.via() != null) {
            field(VIA, (head.viaVersion() + " " + request.via()).getBytes(ISO_8859_1));
        }
    }

    private void authority(Request request) {
        byte[] host = request.host();
        if (host != null) {
            field(AUTHORITY, host);
            return;
        }
        byte[] bytes = request.head().bytes();
        RequestTarget target = request.target();
        int named = request.head().fields().indexOf(FieldName.HOST);
        if (target.form() == RequestTarget.Form.ABSOLUTE) {
            field(
                    AUTHORITY,
                    AUTHORITY.length,
                    bytes,
                    target.authorityStart(),
                    target.authorityEnd() - target.authorityStart(),
                    false);
        } else if (named >= 0) {
            Fields fields = request.head().fields();
            int from = fields.valueStart(named);
            field(AUTHORITY, AUTHORITY.length, bytes, from, fields.valueEnd(named) - from, false);
        }
    }

    private void path(RequestHead head, RequestTarget target) {
        String prefix = target.pathPrefix();
        int from = target.form() == RequestTarget.Form.ASTERISK ? head.targetStart() : target.pathStart();
        int length = target.pathEnd() - from;
        if (prefix.isEmpty()) {
            field(PATH, PATH.length, head.bytes(), from, length, false);
        } else {
            byte[] path = new byte[prefix.length() + length];
            System.arraycopy(prefix.getBytes(ISO_8859_1), 0, path, 0, prefix.length());
            System.arraycopy(head.bytes(), from, path, prefix.length(), length);
            field(PATH, path);
        }
    }

    void response(ResponseHead head, HopByHop hopByHop, String via) {
        hpack.begin();
        field(STATUS, String.valueOf(head.status()).getBytes(ISO_8859_1));
        Fields fields = head.fields();
        for (int i = 0; i < fields.count(); i++) {
            if (!hopByHop.drops(fields, i) && !head.promisesInVain(i)) {
                field(fields, i);
            }
        }
        if (!via.isEmpty()) {
            field(VIA, (head.viaVersion() + " " + via).getBytes(ISO_8859_1));
        }
    }

    /** Trailers that may pass; false if there are none. */
    boolean trailers(Fields trailers, HopByHop hopByHop) {
        boolean any = false;
        for (int i = 0; i < trailers.count(); i++) {
            if (!TrailerRules.forbidden(trailers.known(i)) && !hopByHop.drops(trailers, i)) {
                if (!any) { // a block that was begun has to be sent
                    hpack.begin();
                }
                field(trailers, i);
                any = true;
            }
        }
        return any;
    }

    private void field(Fields fields, int i) {
        int from = fields.valueStart(i);
        field(
                lowerName(fields, i),
                fields.nameEnd(i) - fields.nameStart(i),
                fields.bytes(),
                from,
                fields.valueEnd(i) - from,
                fields.isNeverIndexed(i));
    }

    private byte[] lowerName(Fields fields, int i) {
        int from = fields.nameStart(i);
        int length = fields.nameEnd(i) - from;
        if (length > lower.length) {
            lower = new byte[2 * length];
        }
        byte[] bytes = fields.bytes();
        for (int k = 0; k < length; k++) {
            byte c = bytes[from + k];
            lower[k] = c >= 'A' && c <= 'Z' ? (byte) (c | 0x20) : c;
        }
        return lower;
    }

    private void field(byte[] name, byte[] value) {
        field(name, name.length, value, 0, value.length, false);
    }

    private void field(byte[] name, int nameLength, byte[] value, int from, int length, boolean neverIndexed) {
        hpack.field(name, 0, nameLength, value, from, length, neverIndexed);
    }

    byte[] bytes() {
        return hpack.bytes();
    }

    int length() {
        return hpack.length();
    }
}
