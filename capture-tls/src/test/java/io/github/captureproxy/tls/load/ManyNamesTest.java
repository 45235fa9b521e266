package io.github.captureproxy.tls.load;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.captureproxy.exchange.TlsFailure.Phase;
import io.github.captureproxy.spi.TlsInspection;
import io.github.captureproxy.spi.TlsInspection.ClientEnd;
import io.github.captureproxy.tls.CertificateAuthority;
import io.github.captureproxy.tls.ClientTrust;
import io.github.captureproxy.tls.TlsInterception;
import io.github.captureproxy.tls.testkit.Tunnels;
import java.io.IOException;
import java.security.GeneralSecurityException;
import java.time.Duration;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** A crawler's tunnels: each leads to a host that was never seen before. */
class ManyNamesTest {
    private static final int NAMES = 10_000;

    /** By then all that is bounded is full. */
    private static final int WARM_UP = 3_000;

    /** Far less than even 1 KB of each further name would be. */
    private static final long MOST_GROWTH = 4L << 20;

    @Test
    void tenThousandNamesInARowLeaveTheMemoryWhereItWas() throws Exception {
        try (TlsInterception tls = TlsInterception.builder()
                .authority(CertificateAuthority.ephemeral())
                .clientTrust(ClientTrust.ASSUMED)
                .build()) {
            meet(tls, 0, WARM_UP);
            long before = LiveHeap.bytes();
            meet(tls, WARM_UP, NAMES);
            long growth = LiveHeap.bytes() - before;
            assertThat(growth).as("growth by %d names", NAMES - WARM_UP).isLessThan(MOST_GROWTH);
            assertThat(tls.memory().entries()).hasSizeLessThan(10_000);
            assertThat(tls.memory().refused()).isZero();
        }
    }

    /** Each name gets a leaf, a client that rejects it, and an origin that fails. */
    private static void meet(TlsInterception tls, int from, int to) throws GeneralSecurityException {
        for (int i = from; i < to; i++) {
            TlsInspection inspection = Tunnels.inspect(tls, "host" + i + ".test");
            inspection.clientEngine("");
            inspection.clientEnded(
                    new ClientEnd(Phase.CERTIFICATE, Optional.of("bad_certificate"), Duration.ZERO, "rejected"));
            inspection.originFailed(inspection.originEngine(), new IOException("reset"), Optional.empty());
        }
    }
}
