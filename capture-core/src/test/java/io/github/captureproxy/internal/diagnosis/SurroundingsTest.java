package io.github.captureproxy.internal.diagnosis;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.captureproxy.diagnosis.Diagnosis;
import io.github.captureproxy.history.History;
import io.github.captureproxy.history.HistoryLimits;
import io.github.captureproxy.history.ProxyCounts;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Proxy;
import java.net.ProxySelector;
import java.net.SocketAddress;
import java.net.URI;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Properties;
import org.junit.jupiter.api.Test;

/** Settings of a JVM and its environment, and what is said of them. */
class SurroundingsTest {
    private static final int PORT = 5555;

    private final Properties properties = new Properties();

    private static Facts facts(boolean credentials) {
        ProxyCounts counts =
                new ProxyCounts(1, 0, 0, 0, 0, 0, 1, 0, 0, 0, 0, Map.of(), Map.of(), 0, 0, 0, 0, List.of());
        return new Facts(
                Map.of("default", new InetSocketAddress(InetAddress.getLoopbackAddress(), PORT)),
                new Facts.Settings(false, credentials, Optional.empty()),
                Instant.now(),
                false,
                false,
                counts,
                History.withLimits(HistoryLimits.defaults()),
                List.of(),
                new Visits(),
                new TunnelTally());
    }

    private Diagnosis diagnose(Map<String, String> variables) {
        return Diagnostician.diagnose(facts(false), new Surroundings(properties, variables, null));
    }

    private List<String> suspects(Map<String, String> variables) {
        return diagnose(variables).suspects().stream()
                .map(finding -> finding.text())
                .toList();
    }

    @Test
    void aQuietEnvironmentIsNoSuspect() {
        assertThat(suspects(Map.of("PATH", "/bin"))).isEmpty();
        assertThat(suspects(Map.of("http_proxy", "http://127.0.0.1:5555", "https_proxy", "localhost:5555")))
                .isEmpty();
    }

    @Test
    void theUpperCaseVariableAloneIsOne() {
        assertThat(suspects(Map.of("HTTP_PROXY", "http://127.0.0.1:5555")))
                .singleElement()
                .asString()
                .contains("upper case");
    }

    @Test
    void exceptionsAreOne() {
        assertThat(suspects(Map.of("https_proxy", "http://127.0.0.1:5555", "NO_PROXY", ".corp,localhost")))
                .singleElement()
                .asString()
                .contains(".corp,localhost");
    }

    @Test
    void variablesThatLeadElsewhereAreShownWithoutTheirSecrets() {
        String text = diagnose(
                        Map.of("https_proxy", "http://user:s3cret@corp:3128", "all_proxy", "socks5://a:s3cret@b:1"))
                .toString();

        assertThat(text).contains("leads elsewhere", "corp:3128").doesNotContain("s3cret");
    }

    @Test
    void aTargetIsAskedOfTheEnvironmentToo() {
        Surroundings around = new Surroundings(
                properties, Map.of("https_proxy", "http://127.0.0.1:5555", "no_proxy", "internal.example"), null);

        assertThat(Diagnostician.diagnose(facts(false), around, Target.of(URI.create("https://api.example.com")))
                        .toString())
                .contains("calls of child processes to it come here");
        assertThat(Diagnostician.diagnose(facts(false), around, Target.of(URI.create("https://a.internal.example")))
                        .toString())
                .contains("calls of child processes to it do not come here");
    }

    @Test
    void javaDoesNotSendCredentialsForTunnelsUnlessItIsTold() {
        Surroundings around = new Surroundings(properties, Map.of(), null);
        assertThat(Diagnostician.diagnose(facts(true), around).suspects())
                .singleElement()
                .satisfies(finding -> assertThat(finding.text()).contains("disabledSchemes"));

        properties.setProperty("jdk.http.auth.tunneling.disabledSchemes", "");
        assertThat(Diagnostician.diagnose(facts(true), around).suspects()).isEmpty();
    }

    @Test
    void aSelectorOfTheProgramsOwnMayFail() {
        Surroundings around = new Surroundings(properties, Map.of(), new Broken());

        assertThat(Diagnostician.diagnose(facts(false), around).toString()).contains("an error of the selector");
    }

    @Test
    void onlyTheLastVisitorsAreRemembered() throws IOException {
        Visits visits = new Visits();
        for (int i = 0; i <= Visits.MOST_ADDRESSES; i++) {
            visits.accepted(InetAddress.getByAddress(new byte[] {10, 0, 0, (byte) i}), "default");
        }

        assertThat(visits.clients()).hasSize(Visits.MOST_ADDRESSES);
    }

    private static final class Broken extends ProxySelector {
        @Override
        public List<Proxy> select(URI uri) {
            throw new IllegalStateException("broken on purpose");
        }

        @Override
        public void connectFailed(URI uri, SocketAddress address, IOException failure) {
            throw new IllegalStateException("not asked for");
        }
    }
}
