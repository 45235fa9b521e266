package io.github.captureproxy.tls.internal.memory;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.captureproxy.exchange.ClientInfo;
import io.github.captureproxy.tls.internal.memory.Rejection.Cause;
import io.github.captureproxy.tls.internal.memory.RejectionRules.Trust;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class ClientMemoryTest {
    private static final Client CURL = new Client("", Optional.empty(), "192.0.2.1", "curl");
    private static final Client BROWSER = new Client("", Optional.empty(), "192.0.2.1", "browser");
    private static final Client ELSEWHERE = new Client("", Optional.empty(), "192.0.2.2", "curl");
    private static final Rejection UNKNOWN = new Rejection(Cause.AUTHORITY, false, "unknown_ca");
    private static final Rejection PIN = new Rejection(Cause.PIN, false, "bad_certificate");
    private static final Rejection LEFT = new Rejection(Cause.UNCLEAR, true, "left");

    private final FakeClock clock = new FakeClock();
    private final ClientMemory memory = new ClientMemory(clock, Lifetimes.DEFAULT, new Capacity(100, 10));

    @Test
    void clientsOnOneMachineAreToldApartByTheirHello() {
        memory.accepted(BROWSER, "a.test");
        assertThat(memory.trust(BROWSER)).isEqualTo(Trust.BY_DATA);
        assertThat(memory.trust(CURL)).isEqualTo(Trust.NONE);
        assertThat(memory.trust(ELSEWHERE)).isEqualTo(Trust.NONE);
    }

    @Test
    void labelsAndUsersTellClientsApart() {
        memory.accepted(BROWSER, "a.test");
        assertThat(memory.trust(new Client("phone", Optional.empty(), "192.0.2.1", "browser")))
                .isEqualTo(Trust.NONE);
        assertThat(memory.trust(new Client("", Optional.of("ann"), "192.0.2.1", "browser")))
                .isEqualTo(Trust.NONE);
    }

    @Test
    void trustLastsADayFromTheLastSign() {
        memory.accepted(CURL, "a.test");
        clock.advance(Duration.ofHours(23));
        memory.accepted(CURL, "a.test");
        clock.advance(Duration.ofHours(23));
        assertThat(memory.trust(CURL)).isEqualTo(Trust.BY_DATA);
        clock.advance(Duration.ofHours(1));
        assertThat(memory.trust(CURL)).isEqualTo(Trust.NONE);
    }

    @Test
    void dataAfterAResumedHandshakeProvesNothing() {
        memory.sentAfterResumption(CURL, "a.test");
        assertThat(memory.trust(CURL)).isEqualTo(Trust.NONE);
        assertThat(memory.hasSent(CURL, "a.test")).isTrue();
    }

    @Test
    void aStrongRejectionLastsADayAndCountsForItsClientAndNameAlone() {
        memory.rejected(CURL, "a.test", UNKNOWN, false);
        clock.advance(Duration.ofHours(24).minusSeconds(1));
        assertThat(memory.rejection(CURL, "a.test")).contains(UNKNOWN);
        assertThat(memory.rejection(CURL, "b.test")).isEmpty();
        assertThat(memory.rejection(BROWSER, "a.test")).isEmpty();
        clock.advance(Duration.ofSeconds(1));
        assertThat(memory.rejection(CURL, "a.test")).isEmpty();
    }

    @Test
    void aWeakRejectionLastsTenMinutes() {
        memory.rejected(CURL, "a.test", LEFT, false);
        clock.advance(Duration.ofMinutes(10).minusSeconds(1));
        assertThat(memory.rejection(CURL, "a.test")).contains(LEFT);
        clock.advance(Duration.ofSeconds(1));
        assertThat(memory.rejection(CURL, "a.test")).isEmpty();
    }

    @Test
    void anUnknownAuthorityOnTwoNamesIsDistrust() {
        memory.rejected(CURL, "a.test", UNKNOWN, false);
        memory.rejected(CURL, "a.test", UNKNOWN, false);
        assertThat(memory.distrust(CURL)).isEmpty();
        memory.rejected(CURL, "b.test", UNKNOWN, false);
        assertThat(memory.distrust(CURL))
                .hasValueSatisfying(words -> assertThat(words).contains("a.test", "b.test"));
        assertThat(memory.distrust(BROWSER)).isEmpty();
    }

    @Test
    void anAcceptedCertificateEndsDistrustAndItsCountStartsAnew() {
        memory.rejected(CURL, "a.test", UNKNOWN, false);
        memory.accepted(CURL, "c.test");
        memory.rejected(CURL, "b.test", UNKNOWN, false);
        assertThat(memory.distrust(CURL)).isEmpty();
        memory.rejected(CURL, "d.test", UNKNOWN, false);
        assertThat(memory.distrust(CURL)).isPresent();
        memory.accepted(CURL, "c.test");
        assertThat(memory.distrust(CURL)).isEmpty();
    }

    @Test
    void pinsAndSilentEndsAreNoDistrust() {
        memory.rejected(CURL, "a.test", PIN, false);
        memory.rejected(CURL, "b.test", LEFT, false);
        memory.rejected(CURL, "c.test", PIN, false);
        assertThat(memory.distrust(CURL)).isEmpty();
    }

    @Test
    void anUnknownAuthorityOnAnHstsHostRevokesTrustAndDataDoesNotBringItBack() {
        memory.accepted(CURL, "a.test");
        memory.rejected(CURL, "hsts.test", UNKNOWN, true);
        assertThat(memory.trust(CURL)).isEqualTo(Trust.NONE);
        memory.accepted(CURL, "a.test");
        assertThat(memory.trust(CURL)).isEqualTo(Trust.NONE);
        memory.passedTrustCheck(CURL);
        assertThat(memory.trust(CURL)).isEqualTo(Trust.PROVEN);
    }

    @Test
    void anUnknownAuthorityElsewhereOrAPinLeavesTrustAlone() {
        memory.accepted(CURL, "a.test");
        memory.rejected(CURL, "b.test", UNKNOWN, false);
        memory.rejected(CURL, "hsts.test", PIN, true);
        assertThat(memory.trust(CURL)).isEqualTo(Trust.BY_DATA);
    }

    @Test
    void theTrustCheckClearsWhatItsAddressRejectedButPins() {
        memory.rejected(CURL, "a.test", UNKNOWN, false);
        memory.rejected(CURL, "b.test", UNKNOWN, false);
        memory.rejected(CURL, "c.test", LEFT, false);
        memory.rejected(CURL, "pinned.test", PIN, false);
        memory.rejected(ELSEWHERE, "a.test", UNKNOWN, false);
        memory.passedTrustCheck(BROWSER);
        assertThat(memory.rejection(CURL, "a.test")).isEmpty();
        assertThat(memory.rejection(CURL, "c.test")).isEmpty();
        assertThat(memory.distrust(CURL)).isEmpty();
        assertThat(memory.rejection(CURL, "pinned.test")).contains(PIN);
        assertThat(memory.rejection(ELSEWHERE, "a.test")).contains(UNKNOWN);
        assertThat(memory.trust(CURL)).isEqualTo(Trust.NONE);
    }

    @Test
    void provenTrustStaysProvenWhenDataFollows() {
        memory.passedTrustCheck(CURL);
        memory.accepted(CURL, "a.test");
        assertThat(memory.trust(CURL)).isEqualTo(Trust.PROVEN);
    }

    @Test
    void clearForgetsAll() {
        memory.accepted(BROWSER, "a.test");
        memory.rejected(CURL, "a.test", UNKNOWN, false);
        memory.clear();
        assertThat(memory.trust(BROWSER)).isEqualTo(Trust.NONE);
        assertThat(memory.hasSent(BROWSER, "a.test")).isFalse();
        assertThat(memory.rejection(CURL, "a.test")).isEmpty();
    }

    @Test
    void oneAddressFloodingDoesNotMakeAnotherForgotten() {
        memory.rejected(ELSEWHERE, "a.test", UNKNOWN, false);
        for (int i = 0; i < 1000; i++) {
            memory.rejected(CURL, "host" + i + ".test", UNKNOWN, false);
        }
        assertThat(memory.rejection(ELSEWHERE, "a.test")).isPresent();
        assertThat(memory.rejections().snapshot()).hasSize(11);
    }

    @Test
    void theAddressesOfOneIpv6NetworkShareAQuota() throws Exception {
        assertThat(client("2001:db8:1:2::1").owner())
                .isEqualTo(client("2001:db8:1:2:ffff::9").owner())
                .isNotEqualTo(client("2001:db8:1:3::1").owner());
        assertThat(client("192.0.2.1").owner()).isEqualTo("192.0.2.1");
    }

    private static Client client(String address) throws Exception {
        InetSocketAddress socket = new InetSocketAddress(InetAddress.getByName(address), 1);
        return Client.of(new ClientInfo(socket, 1, "", Optional.empty()), "f");
    }
}
