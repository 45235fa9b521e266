package io.github.captureproxy.examples.desk;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.captureproxy.exchange.CapturedBody;
import io.github.captureproxy.exchange.CapturedRequest;
import io.github.captureproxy.exchange.ClientInfo;
import io.github.captureproxy.exchange.Exchange;
import io.github.captureproxy.exchange.HeaderList;
import io.github.captureproxy.exchange.Outcome;
import java.net.InetSocketAddress;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** What is known for adb's search for emulators, and kept from the page. */
class AdbProbeTest {
    private static final String PROBE = "CNXN????????w???@.??????host::features=shell_v2";

    @Test
    void isToldByItsFirstBytes() {
        assertThat(AdbProbe.is(malformed(PROBE, "127.0.0.1"))).isTrue();
        assertThat(AdbProbe.is(malformed("CNXN", "127.0.0.1"))).isFalse();
        assertThat(AdbProbe.is(malformed("G??T", "127.0.0.1"))).isFalse();
    }

    @Test
    void comesFromThisMachineAlone() {
        assertThat(AdbProbe.is(malformed(PROBE, "192.0.2.1"))).isFalse();
    }

    @Test
    void isNotKept() {
        List<Exchange> kept = new ArrayList<>();
        KeptOnly listener = new KeptOnly(kept::add);
        Exchange other = malformed("G??T", "127.0.0.1");
        listener.onExchange(malformed(PROBE, "127.0.0.1"));
        listener.onExchange(other);
        assertThat(kept).containsExactly(other);
    }

    private static Exchange malformed(String method, String client) {
        CapturedRequest request = new CapturedRequest(
                method, "", "HTTP/1.1", null, HeaderList.empty(), CapturedBody.empty(), HeaderList.empty());
        return Exchange.builder(
                        1,
                        new ClientInfo(new InetSocketAddress(client, 40_000), 1, "default", Optional.empty()),
                        request)
                .outcome(new Outcome(Outcome.Status.MALFORMED_REQUEST, Outcome.Side.CLIENT, 0, "a NUL in the head"))
                .build();
    }
}
