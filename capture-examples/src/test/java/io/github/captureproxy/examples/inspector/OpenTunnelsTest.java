package io.github.captureproxy.examples.inspector;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.captureproxy.examples.store.HostSum.LastTunnel;
import io.github.captureproxy.exchange.Tunnel.Reason;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class OpenTunnelsTest {
    private static final String HOST = "shop.example";

    @Test
    void tunnelsAreCountedByWhatWasDecidedAndTheOneThatStartedLastIsKnown() {
        Map<String, OpenTunnels> byHost = OpenTunnels.byHost(List.of(
                Sent.openTunnel(1, Reason.HSTS),
                Sent.openTunnel(3, Reason.INTERCEPTED),
                Sent.openTunnel(2, Reason.HSTS),
                Sent.open(4, "GET", "/orders", Optional.empty())));

        assertThat(byHost).containsOnlyKeys(HOST);
        assertThat(byHost.get(HOST).counts()).isEqualTo(Map.of(Reason.HSTS, 2, Reason.INTERCEPTED, 1));
        assertThat(byHost.get(HOST).last().map(LastTunnel::reason)).contains(Reason.INTERCEPTED);
    }

    @Test
    void anOldTunnelThatIsStillOpenIsNotTheLatestDecision() {
        Optional<LastTunnel> old = Optional.of(new LastTunnel(Reason.HSTS, "", 1, Optional.empty()));
        Optional<LastTunnel> ended = Optional.of(new LastTunnel(Reason.INTERCEPTED, "", 2, Optional.empty()));

        assertThat(OpenTunnels.later(ended, old)).isEqualTo(ended);
        assertThat(OpenTunnels.later(old, ended)).isEqualTo(ended);
        assertThat(OpenTunnels.later(Optional.empty(), old)).isEqualTo(old);
        assertThat(OpenTunnels.later(old, Optional.empty())).isEqualTo(old);
    }
}
