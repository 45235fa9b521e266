package io.github.captureproxy.engine;

import static io.github.captureproxy.testkit.http2.Http2Frame.RST_STREAM;
import static io.github.captureproxy.testkit.http2.Http2Frame.WHOLE;
import static io.github.captureproxy.testkit.http2.Http2Frame.headers;
import static io.github.captureproxy.testkit.http2.Http2Frame.settings;
import static org.assertj.core.api.Assertions.assertThat;

import io.github.captureproxy.CaptureProxy;
import io.github.captureproxy.exchange.Exchange;
import io.github.captureproxy.exchange.Outcome;
import io.github.captureproxy.testkit.http2.HeaderBlock;
import io.github.captureproxy.testkit.http2.RawHttp2Client;
import io.github.captureproxy.testkit.http2.RawHttp2Connection;
import io.github.captureproxy.testkit.http2.RawHttp2Origin;
import java.util.List;
import org.junit.jupiter.api.Test;

/** A client may have so many streams open at once (RFC 9113 section 5.1.2); one past that is refused, and recorded. */
class Http2StreamLimitTest {
    private static final int REFUSED_STREAM = 7;

    @Test
    void aStreamPastTheLimitIsRefusedAndTheOpenOneGoesOn() throws Exception {
        try (RawHttp2Origin origin = new RawHttp2Origin();
                CaptureProxy proxy = CaptureProxy.builder()
                        .port(0)
                        .maxStreamsPerConnection(1)
                        .start();
                RawHttp2Client client = Http2Way.IN_A_TUNNEL.client(proxy, origin.authority())) {
            client.send(RawHttp2Client.PREFACE);
            client.send(settings());
            client.sendGet(1, "/first");
            try (RawHttp2Connection server = origin.accept()) {
                int stream = RawHttp2Origin.awaitRequest(server);
                client.sendGet(3, "/second");
                assertThat(client.readUntil(it -> it.type() == RST_STREAM && it.stream() == 3)
                                .integerAt(0))
                        .isEqualTo(REFUSED_STREAM);

                server.send(
                        headers(stream, WHOLE, HeaderBlock.of(":status", "204").bytes()));
                client.awaitEnd(1);
                assertThat(client.status(1)).isEqualTo(204);
            }
            List<Exchange> exchanges = proxy.history().snapshot();
            assertThat(exchanges)
                    .extracting(exchange -> exchange.request().target())
                    .containsExactlyInAnyOrder("/second", "/first");
            Exchange refused = exchanges.stream()
                    .filter(exchange -> exchange.request().target().equals("/second"))
                    .findFirst()
                    .orElseThrow();
            assertThat(refused.outcome().status()).isEqualTo(Outcome.Status.LIMIT_REACHED);
            assertThat(refused.clientHop().reset().orElseThrow().code()).isEqualTo(REFUSED_STREAM);
        }
    }
}
