package io.github.captureproxy.internal.server;

import io.github.captureproxy.exchange.CapturedRequest;
import io.github.captureproxy.exchange.HttpOrigin;
import io.github.captureproxy.exchange.Outcome.Side;
import io.github.captureproxy.exchange.Outcome.Status;
import io.github.captureproxy.internal.address.AddressLiteral;
import io.github.captureproxy.internal.forward.Failure;
import io.github.captureproxy.internal.io.Channel;
import io.github.captureproxy.internal.wire.FieldName;
import io.github.captureproxy.internal.wire.Fields;
import io.github.captureproxy.internal.wire.Framing;
import io.github.captureproxy.internal.wire.ReasonPhrase;
import io.github.captureproxy.internal.wire.RequestTarget;
import io.github.captureproxy.rules.Answer;
import io.github.captureproxy.rules.RequestMatcher;
import io.github.captureproxy.rules.TrafficRule;
import io.github.captureproxy.spi.OwnPage;
import io.github.captureproxy.spi.TlsInterceptor;
import java.net.InetSocketAddress;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** The pages by which a client is set up: on the reserved host, and on the proxy's own address. */
final class OwnPages {
    /** What may stand in a Host field (RFC 9110 section 7.2) and be shown again. */
    private static final Pattern AUTHORITY =
            Pattern.compile("[A-Za-z0-9._-]{1,253}(:[0-9]{1,5})?|\\[[0-9a-fA-F:.]{2,45}](:[0-9]{1,5})?");

    private static final int HTTP_PORT = 80;
    private static final int HTTPS_PORT = 443;
    private static final String ONLY_READ = "only GET and HEAD are answered here";
    private static final String ALLOW = "Allow: GET, HEAD\r\n";

    /** Bytes of a request's body: a form with a few short fields has far fewer. */
    private static final long MAX_BODY = 16 * 1024;

    static final Failure NOT_FOUND =
            new Failure(404, Status.MALFORMED_REQUEST, Side.CLIENT, "the proxy has no such page");

    static final Failure TOO_LONG = new Failure(
            413,
            Status.LIMIT_REACHED,
            Side.CLIENT,
            "a request for this page has a body of 16 KiB at most, and says so");

    private final @Nullable TlsInterceptor interceptor;
    private final OwnPage.@Nullable Source source;
    private final boolean reverse;

    /** Shows a program's pages and an interceptor's. A reverse proxy's own address is its origin's. */
    OwnPages(@Nullable TlsInterceptor interceptor, OwnPage.@Nullable Source source, boolean reverse) {
        this.interceptor = interceptor;
        this.source = source;
        this.reverse = reverse;
    }

    /**
     * Who asks for a page, and how.
     *
     * @param message the request, without its body
     * @param secure true if it came over TLS
     * @param allowed true if the client may use the proxy
     */
    record Visit(CapturedRequest message, boolean secure, boolean allowed) {}

    /** A request that came on a connection of its own is for the proxy itself. */
    boolean isFor(RequestPlan plan, Channel client) {
        TlsInterceptor known = interceptor;
        if (known == null && source == null || plan.isConnect()) {
            return false;
        }
        if (plan.target().form() == RequestTarget.Form.ORIGIN) {
            return !reverse;
        }
        HttpOrigin origin = plan.origin();
        return origin != null
                && origin.scheme().equals("http")
                && (known != null && known.isOwnHost(origin.host())
                        || !reverse && isAddress(origin, client.localAddress()));
    }

    /** The proxy's own address, asked for by a client that uses the proxy already: for any other target it is a loop. */
    private static boolean isAddress(HttpOrigin origin, InetSocketAddress local) {
        return origin.port() == local.getPort()
                && AddressLiteral.parse(origin.host())
                        .filter(local.getAddress()::equals)
                        .isPresent();
    }

    /** What the record shows as the request's origin: in a tunnel the reserved host, else the address. */
    @Nullable
    HttpOrigin origin(RequestPlan plan, Channel client, @Nullable Inside within) {
        if (within != null && !within.isPlain() && interceptor != null) {
            return reserved(plan, "https", HTTPS_PORT).orElse(null);
        }
        if (plan.origin() != null) {
            return plan.origin();
        }
        InetSocketAddress local = client.localAddress();
        HttpOrigin address = new HttpOrigin("http", local.getAddress().getHostAddress(), local.getPort());
        return within == null ? address : reserved(plan, "http", HTTP_PORT).orElse(address);
    }

    private Optional<HttpOrigin> reserved(RequestPlan plan, String scheme, int defaultPort) {
        TlsInterceptor known = interceptor;
        return host(plan)
                .filter(authority -> known != null && known.isOwnHost(withoutPort(authority)))
                .map(authority -> new HttpOrigin(scheme, withoutPort(authority), port(authority, defaultPort)));
    }

    /** A request with a port that is none has been refused by now. */
    private static int port(String authority, int defaultPort) {
        int colon = withoutPort(authority).length();
        return colon == authority.length()
                ? defaultPort
                : Integer.parseInt(authority, colon + 1, authority.length(), 10);
    }

    /** Answers it with an interceptor's page. */
    OwnResponse answer(RequestPlan plan, Visit visit, Channel client) {
        if (!isRead(plan.head().method())) {
            return OwnResponse.error(405, ONLY_READ, ALLOW);
        }
        return ofInterceptor(request(plan, visit, client).apply(visit.message()))
                .map(OwnResponse::page)
                .orElseGet(() -> OwnResponse.error(404, NOT_FOUND.detail(), ""));
    }

    private static boolean isRead(String method) {
        return method.equals("GET") || method.equals("HEAD");
    }

    private Optional<OwnPage> ofInterceptor(OwnPage.Request request) {
        TlsInterceptor known = interceptor;
        return known == null ? Optional.empty() : known.page(request);
    }

    /** What the program has to say to it, or else the interceptor; runs where rules do, as it may block. */
    Optional<TrafficRule> ofProgram(RequestPlan plan, Visit visit, Channel client) {
        OwnPage.Source program = source;
        if (program == null) {
            return Optional.empty();
        }
        Function<CapturedRequest, OwnPage.Request> request = request(plan, visit, client);
        return Optional.of(TrafficRule.on(RequestMatcher.any())
                .named("page at the proxy's own address")
                .answer(message -> {
                    OwnPage.Request asked = request.apply(message);
                    return program.page(asked).map(OwnPages::answer).orElseGet(() -> otherwise(asked));
                }));
    }

    private Answer otherwise(OwnPage.Request request) {
        if (!isRead(request.message().method())) {
            return text(405, ONLY_READ).header("Allow", "GET, HEAD");
        }
        return ofInterceptor(request).map(OwnPages::answer).orElseGet(() -> text(404, NOT_FOUND.detail()));
    }

    private static Answer text(int status, String detail) {
        return Answer.of(status)
                .header("Content-Type", "text/plain; charset=utf-8")
                .body(ReasonPhrase.of(status) + ": " + detail + "\n");
    }

    private static Answer answer(OwnPage page) {
        Answer made = Answer.of(page.status()).header("Content-Type", page.contentType());
        for (Map.Entry<String, String> field : page.headers().entrySet()) {
            made = made.header(field.getKey(), field.getValue());
        }
        return made.body(page.body());
    }

    /** A form that can be held while it comes in. */
    static boolean isShort(Framing framing) {
        return switch (framing.kind()) {
            case NONE -> true;
            case LENGTH, STREAM -> framing.length() >= 0 && framing.length() <= MAX_BODY;
            default -> false;
        };
    }

    /** What is asked for, to be told with the whole message. */
    private static Function<CapturedRequest, OwnPage.Request> request(RequestPlan plan, Visit visit, Channel client) {
        String address = address(plan, client, visit.secure());
        InetSocketAddress from = client.remoteAddress();
        return message -> new OwnPage.Request(message, visit.secure(), visit.allowed(), address, from);
    }

    /** As the client wrote it where it asked the proxy directly by an address, since that is known to work for it. */
    private static String address(RequestPlan plan, Channel client, boolean secure) {
        if (!secure && plan.target().form() == RequestTarget.Form.ORIGIN) {
            Optional<String> host = host(plan).filter(OwnPages::isByAddress);
            if (host.isPresent()) {
                return host.get().equals(withoutPort(host.get())) ? host.get() + ":" + HTTP_PORT : host.get();
            }
        }
        return authority(client.localAddress());
    }

    /** Host and port, as they stand in a URL. */
    static String authority(InetSocketAddress local) {
        String address = local.getAddress().getHostAddress();
        int zone = address.indexOf('%');
        String plain = zone < 0 ? address : address.substring(0, zone);
        return (plain.indexOf(':') < 0 ? plain : "[" + plain + "]") + ":" + local.getPort();
    }

    /** A name may be anybody's, whose pages would then be told of this proxy (DNS rebinding). */
    private static boolean isByAddress(String authority) {
        String host = withoutPort(authority);
        return host.equals("localhost") || AddressLiteral.parse(host).isPresent();
    }

    private static Optional<String> host(RequestPlan plan) {
        Fields fields = plan.head().fields();
        int field = fields.indexOf(FieldName.HOST);
        return field < 0
                ? Optional.empty()
                : Optional.of(fields.value(field))
                        .filter(value -> AUTHORITY.matcher(value).matches());
    }

    private static String withoutPort(String authority) {
        int colon = authority.lastIndexOf(':');
        return colon < 0 || authority.endsWith("]") ? authority : authority.substring(0, colon);
    }
}
