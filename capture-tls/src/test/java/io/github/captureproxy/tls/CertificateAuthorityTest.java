package io.github.captureproxy.tls;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.security.cert.X509Certificate;
import java.time.Duration;
import java.time.Instant;
import java.util.Set;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class CertificateAuthorityTest {
    private static final Instant NOW = Instant.parse("2026-03-01T12:00:00Z");
    private static final String BASIC_CONSTRAINTS = "2.5.29.19";
    private static final String KEY_USAGE = "2.5.29.15";
    private static final String NAME_CONSTRAINTS = "2.5.29.30";
    private static final String SUBJECT_KEY_IDENTIFIER = "2.5.29.14";

    private final TestClock clock = new TestClock(NOW);

    private CertificateAuthority authority() {
        return CertificateAuthority.ephemeral(
                AuthorityOptions.builder().clock(clock).build());
    }

    @Test
    void signsItselfAndMaySignLeavesOnly() throws Exception {
        X509Certificate certificate = authority().certificate();
        certificate.verify(certificate.getPublicKey());
        assertThat(certificate.getBasicConstraints()).isZero();
        boolean[] usage = certificate.getKeyUsage();
        assertThat(usage).containsExactly(false, false, false, false, false, true, true, false, false);
        assertThat(certificate.getCriticalExtensionOIDs()).isEqualTo(Set.of(BASIC_CONSTRAINTS, KEY_USAGE));
        assertThat(certificate.getNonCriticalExtensionOIDs()).isEqualTo(Set.of(SUBJECT_KEY_IDENTIFIER));
    }

    @Test
    void anEphemeralOneIsValidForThirtyDaysAndSinceTwoDays() {
        X509Certificate certificate = authority().certificate();
        assertThat(certificate.getNotBefore().toInstant()).isEqualTo(NOW.minus(Duration.ofDays(2)));
        assertThat(certificate.getNotAfter().toInstant()).isEqualTo(NOW.plus(Duration.ofDays(30)));
    }

    @Test
    void twoDifferInSubjectKeyAndSerialNumber() {
        CertificateAuthority one = authority();
        CertificateAuthority other = authority();
        assertThat(one.subject()).isNotEqualTo(other.subject()).startsWith("CN=Capture Proxy CA 2026-03-01 ");
        assertThat(one.trust().spkiPin()).isNotEqualTo(other.trust().spkiPin());
        assertThat(one.certificate().getSerialNumber())
                .isPositive()
                .isNotEqualTo(other.certificate().getSerialNumber());
        assertThat(one.certificate().getSerialNumber().bitLength()).isBetween(80, 128);
    }

    @ParameterizedTest
    @CsvSource({"EC_P256, EC, SHA256withECDSA", "RSA_2048, RSA, SHA256withRSA", "RSA_3072, RSA, SHA256withRSA"})
    void hasTheKeyThatWasAskedFor(AuthorityKeyType type, String algorithm, String signature) {
        X509Certificate certificate = CertificateAuthority.ephemeral(
                        AuthorityOptions.builder().keyType(type).build())
                .certificate();
        assertThat(certificate.getPublicKey().getAlgorithm()).isEqualTo(algorithm);
        assertThat(certificate.getSigAlgName()).isEqualToIgnoringCase(signature);
    }

    @Test
    void isDueForRenewalAheadOfItsEnd() {
        CertificateAuthority authority = authority();
        assertThat(authority.isDueForRenewal(Duration.ofDays(29))).isFalse();
        assertThat(authority.isDueForRenewal(Duration.ofDays(30))).isTrue();
        clock.advance(Duration.ofDays(31));
        assertThat(authority.isDueForRenewal(Duration.ZERO)).isTrue();
    }

    @Test
    void aConstrainedOneSaysSoCritically() {
        X509Certificate certificate = CertificateAuthority.ephemeral(AuthorityOptions.builder()
                        .permittedDomains("Example.com", ".test")
                        .build())
                .certificate();
        assertThat(certificate.getCriticalExtensionOIDs()).contains(NAME_CONSTRAINTS);
    }

    @Test
    void takesAnotherNameAndLifetime() {
        CertificateAuthority authority = CertificateAuthority.ephemeral(AuthorityOptions.builder()
                .clock(clock)
                .commonName("x".repeat(44))
                .lifetime(Duration.ofMinutes(1))
                .build());
        assertThat(authority.subject()).startsWith("CN=" + "x".repeat(44) + " 2026-03-01 ");
        assertThat(authority.validUntil()).isEqualTo(NOW.plusSeconds(60));
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "   ", "Größe", "a\nb", "123456789012345678901234567890123456789012345"})
    void refusesACommonNameThatCertificatesCannotHold(String name) {
        assertThatThrownBy(() -> AuthorityOptions.builder().commonName(name))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("1 to 44 printable characters");
    }

    @Test
    void refusesALifetimeOutOfBounds() {
        AuthorityOptions.Builder builder = AuthorityOptions.builder();
        assertThatThrownBy(() -> builder.lifetime(Duration.ofSeconds(59))).hasMessageContaining("PT59S");
        assertThatThrownBy(() -> builder.lifetime(Duration.ofDays(9_132))).hasMessageContaining("25 years");
    }

    @ParameterizedTest
    @ValueSource(strings = {"*.example.com", "10.0.0.1", "a b", ""})
    void refusesAPermittedDomainThatIsNone(String domain) {
        assertThatThrownBy(() -> AuthorityOptions.builder().permittedDomains(domain))
                .isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void itsTextShowsSubjectAndFingerprintOnly() {
        CertificateAuthority authority = authority();
        assertThat(authority)
                .hasToString(
                        "CertificateAuthority[" + authority.subject() + ", SHA-256 " + authority.fingerprint() + "]");
        assertThat(authority.fingerprint()).matches("([0-9A-F]{2}:){31}[0-9A-F]{2}");
    }

    @Test
    void itsCommonNameIsWhatStoresListItBy() {
        CertificateAuthority authority = authority();
        assertThat("CN=" + authority.commonName()).isEqualTo(authority.subject());
        CertificateAuthority odd = CertificateAuthority.ephemeral(
                AuthorityOptions.builder().commonName("A, B + \\ \"C\"").build());
        assertThat(odd.commonName()).startsWith("A, B + \\ \"C\" 20");
    }

    @Test
    void optionsShowWhatTheyAre() {
        Set<String> parts = new TreeSet<>(Set.of("RSA_2048", "PT1M", "example.com", "Mine"));
        String text = AuthorityOptions.builder()
                .keyType(AuthorityKeyType.RSA_2048)
                .lifetime(Duration.ofMinutes(1))
                .permittedDomains("example.com")
                .commonName("Mine")
                .build()
                .toString();
        assertThat(text).contains(parts);
    }
}
