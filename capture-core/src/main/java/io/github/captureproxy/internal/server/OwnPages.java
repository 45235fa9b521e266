package io.github.captureproxy.internal.server;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

import io.github.captureproxy.exchange.HttpOrigin;
import io.github.captureproxy.internal.address.AddressLiteral;
import io.github.captureproxy.internal.io.Channel;
import io.github.captureproxy.internal.wire.FieldName;
import io.github.captureproxy.internal.wire.Fields;
import io.github.captureproxy.internal.wire.RequestTarget;
import io.github.captureproxy.spi.OwnPage;
import io.github.captureproxy.spi.TlsInterceptor;
import java.net.InetSocketAddress;
import java.util.Optional;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** The pages by which a client is set up: on the reserved host, and on the proxy's own address. */
final class OwnPages {
    /** What may stand in a Host field (RFC 9110 section 7.2) and be shown again. */
    private static final Pattern AUTHORITY =
            Pattern.compile("[A-Za-z0-9._-]{1,253}(:[0-9]{1,5})?|\\[[0-9a-fA-F:.]{2,45}](:[0-9]{1,5})?");

    private static final int HTTP_PORT = 80;

    private final @Nullable TlsInterceptor interceptor;
    private final boolean reverse;

    /** Shows an interceptor's pages; none without one. A reverse proxy's own address is its origin's. */
    OwnPages(@Nullable TlsInterceptor interceptor, boolean reverse) {
        this.interceptor = interceptor;
        this.reverse = reverse;
    }

    /** A request that came on a connection of its own is for the proxy itself. */
    boolean isFor(RequestPlan plan, Channel client) {
        TlsInterceptor known = interceptor;
        if (known == null || plan.isConnect()) {
            return false;
        }
        if (plan.target().form() == RequestTarget.Form.ORIGIN) {
            return !reverse;
        }
        HttpOrigin origin = plan.origin();
        return origin != null
                && origin.scheme().equals("http")
                && (known.isOwnHost(origin.host()) || !reverse && isAddress(origin, client.localAddress()));
    }

    /** The proxy's own address, asked for by a client that uses the proxy already: for any other target it is a loop. */
    private static boolean isAddress(HttpOrigin origin, InetSocketAddress local) {
        return origin.port() == local.getPort()
                && AddressLiteral.parse(origin.host())
                        .filter(local.getAddress()::equals)
                        .isPresent();
    }

    /** What the record shows as the request's origin. */
    @Nullable
    HttpOrigin origin(RequestPlan plan, Channel client, boolean secure) {
        TlsInterceptor known = interceptor;
        if (secure && known != null) {
            return host(plan)
                    .map(OwnPages::withoutPort)
                    .filter(known::isOwnHost)
                    .map(host -> new HttpOrigin("https", host, 443))
                    .orElse(null);
        }
        if (plan.origin() != null) {
            return plan.origin();
        }
        InetSocketAddress local = client.localAddress();
        return new HttpOrigin("http", local.getAddress().getHostAddress(), local.getPort());
    }

    /** Answers it. */
    OwnResponse answer(RequestPlan plan, Channel client, boolean secure) {
        String method = plan.head().method();
        if (!method.equals("GET") && !method.equals("HEAD")) {
            return OwnResponse.error(405, "only GET and HEAD are answered here", "Allow: GET, HEAD\r\n");
        }
        TlsInterceptor known = interceptor;
        Optional<OwnPage> page = known == null
                ? Optional.empty()
                : known.page(
                        new OwnPage.Request(path(plan), secure, address(plan, client, secure), client.remoteAddress()));
        return page.map(OwnResponse::page).orElseGet(() -> OwnResponse.error(404, "the proxy has no such page", ""));
    }

    private static String path(RequestPlan plan) {
        RequestTarget target = plan.target();
        String path =
                new String(plan.head().bytes(), target.pathStart(), target.pathEnd() - target.pathStart(), ISO_8859_1);
        int query = path.indexOf('?');
        return query < 0 ? path : path.substring(0, query);
    }

    /** As the client wrote it where it asked the proxy directly by an address, since that is known to work for it. */
    private static String address(RequestPlan plan, Channel client, boolean secure) {
        if (!secure && plan.target().form() == RequestTarget.Form.ORIGIN) {
            Optional<String> host = host(plan).filter(OwnPages::isByAddress);
            if (host.isPresent()) {
                return host.get().equals(withoutPort(host.get())) ? host.get() + ":" + HTTP_PORT : host.get();
            }
        }
        InetSocketAddress local = client.localAddress();
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
