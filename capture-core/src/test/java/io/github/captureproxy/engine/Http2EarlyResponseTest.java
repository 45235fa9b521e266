package io.github.captureproxy.engine;

import static io.github.captureproxy.engine.Http2Wire.DATA;
import static io.github.captureproxy.engine.Http2Wire.END_HEADERS;
import static io.github.captureproxy.engine.Http2Wire.END_STREAM;
import static io.github.captureproxy.engine.Http2Wire.HEADERS;
import static io.github.captureproxy.engine.Http2Wire.RST_STREAM;
import static io.github.captureproxy.engine.Http2Wire.frame;
import static io.github.captureproxy.engine.Http2Wire.next;
import static io.github.captureproxy.engine.Http2Wire.text;
import static org.assertj.core.api.Assertions.assertThat;

import io.github.captureproxy.exchange.Exchange;
import io.github.captureproxy.exchange.Outcome;
import io.github.captureproxy.history.ExchangeFilter;
import java.io.IOException;
import org.junit.jupiter.api.Test;

/**
 * A response that ends before its request does (RFC 9113 section 8.1), with HTTP/2 on both sides: whether the rest of
 * the request is wanted is the origin's to say.
 */
class Http2EarlyResponseTest {
    /** The status 413. */
    private static final String TOO_LARGE = "0803343133";

    /** Has a request begin that does not end, and be answered. */
    private static TunnelRig.Ends answered(TunnelRig rig) throws IOException {
        TunnelRig.Ends ends = Http2Wire.open(rig);
        ends.client().send(frame(HEADERS, END_HEADERS, 1, Http2Wire.POST)).send(frame(DATA, 0, 1, "61"));
        assertThat(next(ends.server(), 1)).startsWith(text(HEADERS, END_HEADERS, ""));
        assertThat(next(ends.server(), 1)).isEqualTo(text(DATA, 0, "61"));
        ends.server().send(frame(HEADERS, END_HEADERS | END_STREAM, 1, TOO_LARGE));
        assertThat(next(ends.client(), 1)).startsWith(text(HEADERS, END_HEADERS | END_STREAM, ""));
        return ends;
    }

    @Test
    void theRestOfTheRequestReachesAnOriginThatStillTakesIt() throws Exception {
        try (TunnelRig rig = new TunnelRig()) {
            TunnelRig.Ends ends = answered(rig);

            ends.client().send(frame(DATA, END_STREAM, 1, "62"));

            assertThat(next(ends.server(), 1)).isEqualTo(text(DATA, END_STREAM, "62"));
            Exchange exchange = rig.proxy.history().single(ExchangeFilter.any());
            assertThat(exchange.outcome().status()).isEqualTo(Outcome.Status.COMPLETED);
            assertThat(exchange.response().orElseThrow().status()).isEqualTo(413);
        }
    }

    @Test
    void anOriginThatWantsNoMoreHasTheClientToldSo() throws Exception {
        try (TunnelRig rig = new TunnelRig()) {
            TunnelRig.Ends ends = answered(rig);

            ends.server().send(frame(RST_STREAM, 0, 1, "00000000"));

            assertThat(next(ends.client(), 1)).isEqualTo(text(RST_STREAM, 0, "00000000"));
        }
    }
}
