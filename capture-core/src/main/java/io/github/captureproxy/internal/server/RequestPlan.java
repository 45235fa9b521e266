package io.github.captureproxy.internal.server;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

import io.github.captureproxy.exchange.HttpOrigin;
import io.github.captureproxy.internal.config.Routing;
import io.github.captureproxy.internal.forward.Destination;
import io.github.captureproxy.internal.wire.FieldName;
import io.github.captureproxy.internal.wire.Fields;
import io.github.captureproxy.internal.wire.Framing;
import io.github.captureproxy.internal.wire.HopByHop;
import io.github.captureproxy.internal.wire.HostRules;
import io.github.captureproxy.internal.wire.MalformedMessageException;
import io.github.captureproxy.internal.wire.RequestHead;
import io.github.captureproxy.internal.wire.RequestRewriter;
import io.github.captureproxy.internal.wire.RequestTarget;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * What a request's head says about what to do with it.
 *
 * @param head the head
 * @param target its target
 * @param framing how its body is delimited
 * @param hopByHop its hop-by-hop fields
 */
record RequestPlan(RequestHead head, RequestTarget target, Framing framing, HopByHop hopByHop) {
    /** Reads a head; what is ambiguous or unknown is refused. */
    static RequestPlan of(RequestHead head) throws MalformedMessageException {
        return of(head, Framing.ofRequest(head));
    }

    /** Reads a head that came on a stream, which delimits its body. */
    static RequestPlan of(RequestHead head, boolean streamEnded) throws MalformedMessageException {
        return of(head, Framing.ofStream(Framing.ofRequest(head), streamEnded));
    }

    private static RequestPlan of(RequestHead head, Framing framing) throws MalformedMessageException {
        RequestTarget target = RequestTarget.parse(head);
        HostRules.check(head);
        boolean connect = target.form() == RequestTarget.Form.AUTHORITY;
        return new RequestPlan(head, target, connect ? ofConnect(framing) : framing, HopByHop.of(head.fields()));
    }

    /**
     * It has no content (RFC 9110 section 9.3.6): two readers would disagree on where the tunnel begins. That its stream
     * goes on in HTTP/2 is no content, but the tunnel's (RFC 9113 section 8.5).
     */
    private static Framing ofConnect(Framing framing) throws MalformedMessageException {
        boolean open = framing.kind() == Framing.Kind.STREAM && framing.length() < 0;
        if (!open && framing.kind() != Framing.Kind.NONE && framing.length() != 0) {
            throw new MalformedMessageException(400, "CONNECT with a body");
        }
        return open ? Framing.NONE : framing;
    }

    /** The origin that the target names; null if it names none. */
    @Nullable
    HttpOrigin origin() {
        return switch (target.form()) {
            case ABSOLUTE -> new HttpOrigin(plain(target.scheme()), target.host(), target.port());
            case AUTHORITY -> new HttpOrigin("https", target.host(), target.port());
            case ORIGIN, ASTERISK -> null;
        };
    }

    private static String plain(String scheme) {
        return scheme.equals("ws") ? "http" : scheme.equals("wss") ? "https" : scheme;
    }

    boolean isConnect() {
        return target.form() == RequestTarget.Form.AUTHORITY;
    }

    /** It is for the server itself, and not for anything on it (RFC 9112 section 3.2.4). */
    boolean isForServer() {
        return target.form() == RequestTarget.Form.ASTERISK;
    }

    /** RFC 9110 section 7.6.2: the proxy is the last that this request reaches. */
    boolean endsHere() {
        if (!RequestRewriter.countsForwards(head.method())) {
            return false;
        }
        int field = head.fields().indexOf(FieldName.MAX_FORWARDS);
        return field >= 0 && RequestRewriter.isLastForward(head.fields().value(field));
    }

    /** It asks for a protocol that is passed on: any but HTTP/2, which is not negotiated on this connection. */
    boolean isUpgrade() {
        Fields fields = head.fields();
        if (!hopByHop.upgrade() || !fields.has(FieldName.UPGRADE) || head.minorVersion() == 0) {
            return false;
        }
        for (int i = fields.indexOf(FieldName.UPGRADE); i >= 0; i = fields.indexOf(FieldName.UPGRADE, i + 1)) {
            for (String protocol : fields.value(i).toLowerCase(Locale.ROOT).split(",", -1)) {
                String name = protocol.strip().split("/", 2)[0];
                if (name.equals("h2c") || name.equals("http") || name.equals("tls")) {
                    return false;
                }
            }
        }
        return true;
    }

    /** How the head is changed on its way to a destination. */
    RequestRewriter rewriter(Destination destination, boolean hostOfDestination, Routing routing) {
        boolean viaUpstream = destination.isForwardedByUpstream();
        byte[] host = hostOfDestination ? destination.origin().authority().getBytes(ISO_8859_1) : null;
        return new RequestRewriter(
                viaUpstream,
                host,
                viaUpstream ? destination.credentials() : null,
                routing.via().orElse(null),
                isUpgrade(),
                framingField());
    }

    /** How the head is changed inside a tunnel, whose target may be another proxy: in whatever form it came. */
    RequestRewriter rewriterInTunnel(Destination destination, Routing routing) {
        boolean namesHost = head.fields().has(FieldName.HOST) || target.form() == RequestTarget.Form.ABSOLUTE;
        byte[] host = namesHost ? null : destination.origin().authority().getBytes(ISO_8859_1);
        return new RequestRewriter(namesHost, host, null, routing.via().orElse(null), isUpgrade(), framingField());
    }

    /** What HTTP/1 needs to delimit a body that its stream delimits in HTTP/2 (RFC 9112 section 6.3). */
    private String framingField() {
        if (!head.isHttp2()) {
            return "";
        }
        if (framing.kind() == Framing.Kind.STREAM) {
            return framing.length() < 0 ? "Transfer-Encoding: chunked\r\n" : "";
        }
        boolean expected = head.method().equals("POST") || head.method().equals("PUT");
        return expected && !head.fields().has(FieldName.CONTENT_LENGTH) ? "Content-Length: 0\r\n" : "";
    }
}
