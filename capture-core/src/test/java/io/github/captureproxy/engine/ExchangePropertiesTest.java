package io.github.captureproxy.engine;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static org.assertj.core.api.Assertions.assertThat;

import io.github.captureproxy.CaptureProxy;
import io.github.captureproxy.exchange.Exchange;
import io.github.captureproxy.testkit.RawOrigin;
import io.github.captureproxy.testkit.RawSocket;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.util.List;
import java.util.Random;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.EdgeCasesMode;
import net.jqwik.api.ForAll;
import net.jqwik.api.From;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.ShrinkingMode;
import net.jqwik.api.Tuple;
import net.jqwik.api.constraints.Size;
import net.jqwik.api.lifecycle.AfterContainer;
import net.jqwik.api.lifecycle.BeforeContainer;

/** Any valid exchanges, in writes of any size, come out byte for byte on both sides and in History. */
class ExchangePropertiesTest {
    private static final int MAX_BODY = 300_000;

    private static CaptureProxy proxy;
    private static RawOrigin origin;

    @BeforeContainer
    static void start() throws IOException {
        proxy = CaptureProxy.builder().port(0).start();
        origin = new RawOrigin();
    }

    @AfterContainer
    static void stop() throws IOException {
        proxy.close();
        origin.close();
    }

    /** A message's body: its data, and whether it is sent in chunks. Both it and the splits come from the seed. */
    record Body(int size, boolean chunked, long seed) {
        byte[] data() {
            byte[] data = new byte[size];
            new Random(seed).nextBytes(data);
            return data;
        }

        String field() {
            return chunked ? "Transfer-Encoding: chunked" : "Content-Length: " + size;
        }

        byte[] onTheWire() {
            if (!chunked) {
                return data();
            }
            Random random = new Random(seed + 1);
            int most = 1 << random.nextInt(18);
            ByteArrayOutputStream out = new ByteArrayOutputStream();
            byte[] data = data();
            for (int at = 0; at < data.length; ) {
                int length = Math.min(data.length - at, 1 + random.nextInt(most));
                out.writeBytes((Integer.toHexString(length) + "\r\n").getBytes(ISO_8859_1));
                out.write(data, at, length);
                out.writeBytes("\r\n".getBytes(ISO_8859_1));
                at += length;
            }
            out.writeBytes(
                    (random.nextBoolean() ? "0\r\n\r\n" : "0\r\nX-Sum: " + seed + "\r\n\r\n").getBytes(ISO_8859_1));
            return out.toByteArray();
        }
    }

    /** One exchange. */
    record Call(Body request, Body response) {}

    @Provide
    Arbitrary<Call> calls() {
        Arbitrary<Integer> sizes = Arbitraries.frequencyOf(
                Tuple.of(1, Arbitraries.just(0)),
                Tuple.of(4, Arbitraries.integers().between(1, 2_000)),
                Tuple.of(2, Arbitraries.integers().between(60_000, MAX_BODY)));
        Arbitrary<Body> bodies = Combinators.combine(
                        sizes, Arbitraries.of(true, false), Arbitraries.longs().between(0, 1L << 40))
                .as(Body::new);
        return Combinators.combine(bodies, bodies).as(Call::new);
    }

    @Property(tries = 100, shrinking = ShrinkingMode.OFF, edgeCases = EdgeCasesMode.NONE)
    void whatGoesInComesOut(@ForAll @Size(min = 1, max = 5) List<@From("calls") Call> calls, @ForAll long seed)
            throws Exception {
        proxy.history().clear();
        try (RawSocket client = RawSocket.connect(proxy.address())) {
            Thread sending = Background.run(() -> sendSplit(client, requests(calls), seed));
            Thread serving = Background.run(() -> serve(calls, seed));
            for (int i = 0; i < calls.size(); i++) {
                Body body = calls.get(i).response();
                assertThat(client.readHead()).isEqualTo("HTTP/1.1 21" + i + " OK\r\n" + body.field() + "\r\n\r\n");
                assertThat(client.readBytes(body.onTheWire().length)).isEqualTo(body.onTheWire());
            }
            sending.join();
            serving.join();
        }
        assertRecorded(calls);
    }

    private static byte[] requests(List<Call> calls) {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        for (int i = 0; i < calls.size(); i++) {
            out.writeBytes(("POST http://" + origin.authority() + "/" + i + " HTTP/1.1\r\n" + fields(calls.get(i)))
                    .getBytes(ISO_8859_1));
            out.writeBytes(calls.get(i).request().onTheWire());
        }
        return out.toByteArray();
    }

    private static String fields(Call call) {
        return "Host: " + origin.authority() + "\r\n" + call.request().field() + "\r\n\r\n";
    }

    /** Answers each request that is as it was sent; another one, or a failure, cuts the client off. */
    private static void serve(List<Call> calls, long seed) throws IOException {
        try (RawSocket server = origin.accept()) {
            for (int i = 0; i < calls.size(); i++) {
                Call call = calls.get(i);
                assertThat(server.readHead()).isEqualTo("POST /" + i + " HTTP/1.1\r\n" + fields(call));
                byte[] body = call.request().onTheWire();
                assertThat(server.readBytes(body.length)).isEqualTo(body);
                server.send("HTTP/1.1 21" + i + " OK\r\n" + call.response().field() + "\r\n\r\n");
                sendSplit(server, call.response().onTheWire(), seed + i);
            }
        }
    }

    private static void sendSplit(RawSocket socket, byte[] bytes, long seed) throws IOException {
        Random random = new Random(seed);
        int most = 64 << random.nextInt(12);
        for (int at = 0; at < bytes.length; ) {
            int length = Math.min(bytes.length - at, 1 + random.nextInt(most));
            byte[] part = new byte[length];
            System.arraycopy(bytes, at, part, 0, length);
            socket.send(part);
            at += length;
        }
    }

    private static void assertRecorded(List<Call> calls) {
        List<Exchange> recorded = proxy.history().snapshot();
        assertThat(recorded).hasSize(calls.size());
        for (int i = 0; i < calls.size(); i++) {
            Exchange exchange = recorded.get(i);
            assertThat(exchange.outcome().isSuccess()).isTrue();
            assertThat(exchange.request().path()).isEqualTo("/" + i);
            assertThat(exchange.request().body().bytes())
                    .isEqualTo(calls.get(i).request().data());
            assertThat(exchange.response().orElseThrow().body().bytes())
                    .isEqualTo(calls.get(i).response().data());
        }
    }
}
