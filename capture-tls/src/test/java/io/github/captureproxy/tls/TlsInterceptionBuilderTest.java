package io.github.captureproxy.tls;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.captureproxy.InvalidConfigurationException;
import io.github.captureproxy.exchange.Tunnel.Reason;
import io.github.captureproxy.spi.TlsInterceptor.Decision.PassThrough;
import io.github.captureproxy.tls.testkit.TestCertificate;
import io.github.captureproxy.tls.testkit.Tunnels;
import java.io.ByteArrayInputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.function.Consumer;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;

class TlsInterceptionBuilderTest {
    private static final CertificateAuthority AUTHORITY = CertificateAuthority.ephemeral();

    @TempDir
    Path folder;

    private static TlsInterceptionBuilder builder() {
        return TlsInterception.builder().authority(AUTHORITY);
    }

    static Stream<Arguments> mistakes() {
        return Stream.of(
                mistake("passThroughHosts", "a:443", b -> b.passThroughHosts("a:443")),
                mistake("interceptOnlyHosts", "*.*.test", b -> b.interceptOnlyHosts("*.*.test")),
                mistake("trustOrigin", "abc", b -> b.trustOrigin("a.test", "abc")),
                mistake("trustOrigin", "*.a.test", b -> b.trustOrigin("*.a.test", "00".repeat(32))),
                mistake("leafCacheSize", "0", b -> b.leafCacheSize(0)),
                mistake("sessionCacheSize", "-1", b -> b.sessionCacheSize(-1)),
                mistake("memoryEntries", "20", b -> b.memoryEntries(10, 20)),
                mistake("trustLifetime", "PT0S", b -> b.trustLifetime(Duration.ZERO)),
                mistake("rejectionLifetime", "PT9600H", b -> b.rejectionLifetime(Duration.ofDays(400))),
                mistake("weakRejectionLifetime", "PT-1S", b -> b.weakRejectionLifetime(Duration.ofSeconds(-1))),
                mistake("originVerdictLifetime", "PT0.001S", b -> b.originVerdictLifetime(Duration.ofMillis(1))),
                mistake("tlsVersions", "TLSv1.1", b -> b.tlsVersions("TLSv1.1")),
                mistake("tlsVersions", "[]", b -> b.tlsVersions()));
    }

    private static Arguments mistake(String option, String value, Consumer<TlsInterceptionBuilder> change) {
        return Arguments.of(option, value, change);
    }

    @ParameterizedTest(name = "{0}({1})")
    @MethodSource("mistakes")
    void aMistakeIsNamedWithItsValueAndTheFix(String option, String value, Consumer<TlsInterceptionBuilder> change) {
        TlsInterceptionBuilder builder = builder();
        change.accept(builder);
        assertThatThrownBy(builder::build)
                .isInstanceOf(InvalidConfigurationException.class)
                .hasMessageContainingAll(option, value)
                .hasMessageMatching("(?s).*(give|write) .*");
    }

    @Test
    void allMistakesAreSaidAtOnce() {
        assertThatThrownBy(() -> TlsInterception.builder()
                        .passThroughHosts("")
                        .leafCacheSize(0)
                        .build())
                .isInstanceOfSatisfying(
                        InvalidConfigurationException.class,
                        e -> assertThat(e.problems())
                                .extracting(InvalidConfigurationException.Problem::option)
                                .containsExactly("passThroughHosts", "authority", "leafCacheSize"));
    }

    @Test
    void aKeyAndACertificateThatDoNotBelongTogetherAreAMistake() throws Exception {
        TestCertificate rsa = TestCertificate.leaf("a").key("RSA", 2048).make(null);
        TestCertificate ec = TestCertificate.leaf("a").make(null);
        assertThatThrownBy(() -> builder()
                        .clientCertificate("a.test", rsa.key(), ec.certificate())
                        .build())
                .hasMessageContaining("belong together");
    }

    @ParameterizedTest
    @CsvSource({"EC, 256", "RSA, 2048", "EdDSA, 255"})
    void aKeyOfAnotherCertificateIsAMistakeThatNamesTheHost(String algorithm, int size) throws Exception {
        TestCertificate own = clientCertificate(algorithm, size);
        TestCertificate other = clientCertificate(algorithm, size);
        assertThatThrownBy(() -> builder()
                        .clientCertificate("*.a.test", other.key(), own.certificate())
                        .build())
                .isInstanceOf(InvalidConfigurationException.class)
                .hasMessageContainingAll("clientCertificate", "*.a.test", "CN=me", "belong together");
        builder()
                .clientCertificate("*.a.test", own.key(), own.certificate())
                .build()
                .close();
    }

    private static TestCertificate clientCertificate(String algorithm, int size) throws Exception {
        return TestCertificate.leaf("me").key(algorithm, size).make(TestCertificate.root("Test Root"));
    }

    @Test
    void aKeyOfAnotherCurveIsAMistake() throws Exception {
        TestCertificate large = clientCertificate("EC", 384);
        TestCertificate small = clientCertificate("EC", 256);
        for (TestCertificate[] pair : new TestCertificate[][] {{large, small}, {small, large}}) {
            assertThatThrownBy(() -> builder()
                            .clientCertificate("a.test", pair[0].key(), pair[1].certificate())
                            .build())
                    .hasMessageContaining("belong together");
        }
    }

    @Test
    void forTestsClientsAreTakenToTrust() {
        try (TlsInterception tls = TlsInterception.forTests()) {
            Tunnels.inspect(tls, "my.dev");
            assertThat(tls.diagnostics()).isEmpty();
        }
    }

    @Test
    void hostRulesDecide() {
        try (TlsInterception tls = builder()
                .passThroughHosts("login.a.test")
                .interceptOnlyHosts("*.a.test", "192.0.2.0/24")
                .build()) {
            Tunnels.inspect(tls, "www.a.test");
            Tunnels.inspect(tls, "192.0.2.1");
            for (String host : new String[] {"login.a.test", "b.test"}) {
                assertThat(Tunnels.decide(tls, host)).isInstanceOfSatisfying(PassThrough.class, pass -> {
                    assertThat(pass.reason()).isEqualTo(Reason.HOST_RULE);
                    assertThat(pass.detail()).isNotEmpty();
                });
            }
        }
    }

    @Test
    void aPreloadListMakesHostsKnown() throws Exception {
        String json = "{\"entries\": [{\"name\": \"a.test\", \"mode\": \"force-https\"}]}";
        HstsPreloadList list = HstsPreloadList.read(new ByteArrayInputStream(json.getBytes(StandardCharsets.US_ASCII)));
        try (TlsInterception tls = builder().hstsPreloadList(list).build()) {
            assertThat(Tunnels.decide(tls, "a.test"))
                    .isInstanceOfSatisfying(
                            PassThrough.class, pass -> assertThat(pass.reason()).isEqualTo(Reason.HSTS));
            assertThat(tls.hsts().isKnown("A.test.")).isTrue();
            assertThat(tls.hsts().isKnown("b.test")).isFalse();
        }
    }

    @Test
    void aBrokenHstsFileIsALineOfDiagnostics() throws Exception {
        Path file = Files.writeString(folder.resolve("hsts"), "?");
        try (TlsInterception tls = builder().hstsFile(file).build()) {
            assertThat(tls.diagnostics()).singleElement().asString().contains(file.toString());
        }
    }

    @Test
    void anHstsFileThatCannotBeUsedIsAMistake() throws Exception {
        Path file = folder.resolve("folder");
        Files.createDirectories(file.resolve("inside"));
        assertThatThrownBy(() -> builder().hstsFile(file).build())
                .isInstanceOf(InvalidConfigurationException.class)
                .hasMessageContainingAll("hstsFile", file.toString(), "it is a folder: give a file");
        assertThat(file.resolve("inside")).isDirectory();
    }
}
