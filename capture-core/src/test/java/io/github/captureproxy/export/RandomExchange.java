package io.github.captureproxy.export;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_8;

import io.github.captureproxy.exchange.CapturedBody;
import io.github.captureproxy.exchange.CapturedRequest;
import io.github.captureproxy.exchange.CapturedResponse;
import io.github.captureproxy.exchange.ClientInfo;
import io.github.captureproxy.exchange.ClientTls;
import io.github.captureproxy.exchange.Exchange;
import io.github.captureproxy.exchange.Header;
import io.github.captureproxy.exchange.HeaderList;
import io.github.captureproxy.exchange.HttpHop;
import io.github.captureproxy.exchange.HttpOrigin;
import io.github.captureproxy.exchange.InformationalResponse;
import io.github.captureproxy.exchange.OriginTls;
import io.github.captureproxy.exchange.Outcome;
import io.github.captureproxy.exchange.Route;
import io.github.captureproxy.exchange.StreamPriority;
import io.github.captureproxy.exchange.StreamReset;
import io.github.captureproxy.exchange.Timings;
import io.github.captureproxy.exchange.Tunnel;
import io.github.captureproxy.exchange.WebSocketMessage;
import io.github.captureproxy.exchange.WireSizes;
import java.net.Inet6Address;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.UnknownHostException;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.security.cert.X509Certificate;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Random;
import java.util.function.Supplier;
import javax.net.ssl.TrustManagerFactory;
import javax.net.ssl.X509TrustManager;

/** Exchanges that are as odd as the model allows, a different one for each seed. */
public final class RandomExchange {
    private static final X509Certificate CERTIFICATE = anyCertificate();

    private static final List<String> TEXTS = List.of(
            "",
            "plain",
            "\"quotes\" and \\ backslashes / slashes",
            "line\r\nfeeds\ttabs\u0000NUL\u0001\u001f\u007f",
            "\u2028\u2029 Grüße 漢字 \ud83d\ude00",
            "lone \ud83d high, \ude00 low",
            "</script>{{$guid}}'`$(id)%00%zz",
            "\ufeff\uffff");

    private static final List<String> TYPES = List.of(
            "application/json",
            "text/html; charset=utf-8",
            "text/plain;charset=iso-8859-1",
            "text/plain; charset=utf-16",
            "image/png",
            "application/x-www-form-urlencoded",
            "multipart/form-data; boundary=b",
            "\"",
            "application/grpc");

    private final Random random;

    private RandomExchange(long seed) {
        this.random = new Random(seed);
    }

    public static Exchange of(long seed) {
        return new RandomExchange(seed).exchange();
    }

    private static X509Certificate anyCertificate() {
        try {
            TrustManagerFactory factory = TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
            factory.init((KeyStore) null);
            return ((X509TrustManager) factory.getTrustManagers()[0]).getAcceptedIssuers()[0];
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException(e);
        }
    }

    private Exchange exchange() {
        Exchange.Builder builder = Exchange.builder(random.nextLong(), client(), request());
        if (random.nextBoolean()) {
            builder.tunnel(random.nextLong(), oneOf(Tunnel.Reason.values()));
        }
        builder.tls(
                random.nextBoolean()
                        ? new ClientTls(
                                text(), text(), maybe(this::text), maybe(this::text), text(), random.nextBoolean())
                        : null,
                random.nextBoolean() ? originTls() : null);
        builder.hops(hop(), random.nextBoolean() ? hop() : null);
        builder.route(new Route(oneOf(Route.Kind.values()), text()), random.nextBoolean() ? address() : null);
        if (random.nextInt(4) > 0) {
            builder.response(response());
        }
        builder.informational(list(() -> new InformationalResponse(100 + random.nextInt(100), latin1(), headers())));
        if (random.nextInt(4) == 0) {
            builder.upgraded(random.nextBoolean() ? "websocket" : text(), list(this::message));
        }
        if (random.nextInt(4) == 0) {
            builder.rules(list(this::text))
                    .sentRequest(random.nextBoolean() ? request() : null)
                    .originResponse(random.nextBoolean() ? response() : null);
        }
        return builder.timings(
                        Instant.ofEpochSecond(random.nextInt(), random.nextInt(1_000_000_000)),
                        new Timings(nanos(), nanos(), nanos(), nanos(), nanos(), nanos(), nanos()))
                .sizes(new WireSizes(number(), number(), number(), number()))
                .outcome(new Outcome(
                        oneOf(Outcome.Status.values()), oneOf(Outcome.Side.values()), random.nextLong(), text()))
                .build();
    }

    private ClientInfo client() {
        return new ClientInfo(address(), random.nextLong(), text(), maybe(this::text));
    }

    private InetSocketAddress address() {
        int port = random.nextInt(65_536);
        byte[] six = {0x20, 1, 0xd, (byte) 0xb8, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, (byte) random.nextInt()};
        try {
            return switch (random.nextInt(4)) {
                case 0 -> InetSocketAddress.createUnresolved("no-such.host.test", port);
                case 1 -> new InetSocketAddress(InetAddress.getByAddress("named.test", new byte[] {10, 1, 2, 3}), port);
                case 2 ->
                    new InetSocketAddress(Inet6Address.getByAddress(null, six, random.nextBoolean() ? -1 : 7), port);
                default -> new InetSocketAddress(InetAddress.getByAddress(new byte[] {127, 0, 0, 1}), port);
            };
        } catch (UnknownHostException e) {
            throw new IllegalStateException(e);
        }
    }

    private OriginTls originTls() {
        return new OriginTls(
                text(),
                text(),
                maybe(this::text),
                maybe(this::text),
                list(() -> CERTIFICATE),
                oneOf(OriginTls.Validity.values()));
    }

    private HttpHop hop() {
        return new HttpHop(
                random.nextBoolean() ? "HTTP/2" : "HTTP/1.1",
                random.nextBoolean() ? OptionalInt.of(random.nextInt()) : OptionalInt.empty(),
                maybe(() -> new StreamPriority(
                        maybe(this::text),
                        maybe(() -> new StreamPriority.Dependency(
                                random.nextBoolean(), random.nextInt(), random.nextInt(257))))),
                maybe(() -> new StreamReset(random.nextInt() & 0xffff_ffffL, random.nextBoolean())));
    }

    private CapturedRequest request() {
        HeaderList headers = headers();
        boolean known = random.nextInt(8) > 0;
        return new CapturedRequest(
                random.nextBoolean() ? "POST" : latin1(),
                random.nextBoolean() ? "/p?" + latin1() : latin1(),
                random.nextBoolean() ? "HTTP/1.1" : "HTTP/2",
                known
                        ? new HttpOrigin(random.nextBoolean() ? "http" : "https", "h.test", 1 + random.nextInt(65_535))
                        : null,
                headers,
                body(headers),
                random.nextBoolean() ? HeaderList.empty() : headers());
    }

    private CapturedResponse response() {
        HeaderList headers = headers();
        return new CapturedResponse(
                100 + random.nextInt(900),
                latin1(),
                random.nextBoolean() ? "HTTP/1.1" : "HTTP/2",
                headers,
                body(headers),
                random.nextBoolean() ? HeaderList.empty() : headers());
    }

    private HeaderList headers() {
        List<Header> headers = new ArrayList<>();
        if (random.nextBoolean()) {
            headers.add(new Header("Content-Type", oneOf(TYPES.toArray(String[]::new))));
        }
        if (random.nextInt(8) == 0) {
            headers.add(new Header("content-ENCODING", random.nextBoolean() ? "gzip" : "x"));
        }
        int count = random.nextInt(5);
        for (int i = 0; i < count; i++) {
            String name = random.nextInt(3) == 0 ? oneOf(new String[] {"Cookie", "Set-Cookie", "Location"}) : latin1();
            headers.add(new Header(name, latin1()));
        }
        return HeaderList.of(headers);
    }

    private CapturedBody body(HeaderList headers) {
        byte[] bytes = bytes();
        boolean complete = random.nextInt(4) > 0;
        String sha256 = random.nextInt(4) == 0 ? "ab12" : null;
        long size = (long) bytes.length + (random.nextInt(4) == 0 ? random.nextInt(1_000) : 0);
        return size == 0 && complete && sha256 == null
                ? CapturedBody.empty()
                : CapturedBody.of(CapturedBody.inMemory(bytes), size, complete, sha256, headers);
    }

    private WebSocketMessage message() {
        return new WebSocketMessage(
                oneOf(WebSocketMessage.Direction.values()),
                oneOf(WebSocketMessage.Type.values()),
                Instant.ofEpochSecond(random.nextInt(), random.nextInt(1_000_000_000)),
                bytes(),
                random.nextBoolean(),
                random.nextLong());
    }

    private byte[] bytes() {
        if (random.nextInt(3) == 0) {
            byte[] binary = new byte[random.nextInt(200)];
            random.nextBytes(binary);
            return binary;
        }
        return text().repeat(random.nextInt(8) == 0 ? 40_000 : 1).getBytes(UTF_8);
    }

    private String text() {
        return oneOf(TEXTS.toArray(String[]::new));
    }

    /** One character a byte, as in all of a head. */
    private String latin1() {
        byte[] bytes = random.nextBoolean() ? new byte[random.nextInt(20)] : text().getBytes(UTF_8);
        if (random.nextInt(3) == 0) {
            random.nextBytes(bytes);
        }
        return new String(bytes, ISO_8859_1);
    }

    private long nanos() {
        return random.nextInt(3) == 0 ? -1 : random.nextInt(2_000_000_000);
    }

    private long number() {
        return random.nextInt(3) == 0 ? 0 : random.nextInt(Integer.MAX_VALUE);
    }

    private <T> T oneOf(T[] values) {
        return values[random.nextInt(values.length)];
    }

    private <T> Optional<T> maybe(Supplier<T> make) {
        return random.nextBoolean() ? Optional.of(make.get()) : Optional.empty();
    }

    private <T> List<T> list(Supplier<T> make) {
        List<T> list = new ArrayList<>();
        int count = random.nextInt(3);
        for (int i = 0; i < count; i++) {
            list.add(make.get());
        }
        return list;
    }
}
