package io.github.captureproxy.tls.internal.issuing;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.captureproxy.tls.TestClock;
import java.security.cert.X509Certificate;
import java.security.interfaces.ECPublicKey;
import java.security.interfaces.RSAPublicKey;
import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

class LeafIssuerTest {
    private static final Instant NOW = Instant.parse("2026-03-01T12:00:00.5Z");
    private static final Duration DAY = Duration.ofDays(1);
    private static final int DNS = 2;

    private final TestClock clock = new TestClock(NOW);
    private final AuthorityKeyPair authority = make(KeySpec.EC_P256, Duration.ofDays(3_652));
    private final LeafIssuer issuer = new LeafIssuer(authority, clock);

    private static AuthorityKeyPair make(KeySpec key, Duration lifetime, String... domains) {
        return AuthorityMaker.make(new AuthorityTemplate(key, "Test", lifetime, List.of(domains)), NOW);
    }

    private X509Certificate leaf(String name, LeafKind kind) {
        return issuer.issue(LeafName.of(name), kind).certificate();
    }

    @Test
    void aLeafIsForServersAndNoAuthority() throws Exception {
        X509Certificate leaf = leaf("example.com", LeafKind.EC);
        assertThat(leaf.getBasicConstraints()).isEqualTo(-1);
        assertThat(leaf.getExtendedKeyUsage()).containsExactly("1.3.6.1.5.5.7.3.1");
        assertThat(leaf.getKeyUsage()).startsWith(true, false, false, false, false, false, false);
        assertThat(leaf.getVersion()).isEqualTo(3);
        assertThat(leaf.getSerialNumber().bitLength()).isBetween(80, 128);
        leaf.verify(authority.certificate().getPublicKey());
    }

    @Test
    void anRsaLeafMayAlsoEncipherKeys() {
        X509Certificate leaf = leaf("example.com", LeafKind.RSA);
        assertThat(leaf.getKeyUsage()).startsWith(true, false, true, false, false, false, false);
        assertThat(((RSAPublicKey) leaf.getPublicKey()).getModulus().bitLength())
                .isEqualTo(2048);
    }

    @ParameterizedTest
    @CsvSource({
        "Example.COM., 2, example.com",
        "xn--bcher-kva.example, 2, xn--bcher-kva.example",
        "a_b.example, 2, a_b.example",
        "localhost, 2, localhost",
        "192.0.2.7, 7, 192.0.2.7",
        "[2001:DB8::1], 7, 2001:db8:0:0:0:0:0:1",
        "::ffff:192.0.2.7, 7, 192.0.2.7",
    })
    void itsOnlyAlternativeNameIsTheName(String name, int type, String text) throws Exception {
        X509Certificate leaf = leaf(name, LeafKind.EC);
        assertThat(leaf.getSubjectAlternativeNames()).containsExactly(List.of(type, text));
        assertThat(leaf.getSubjectX500Principal().getName()).isEqualTo("CN=" + text);
    }

    @Test
    void aNameOfMoreThanSixtyFourCharactersIsNoCommonName() throws Exception {
        String name = "a".repeat(60) + ".example.com";
        X509Certificate leaf = leaf(name, LeafKind.EC);
        assertThat(leaf.getSubjectAlternativeNames()).containsExactly(List.of(DNS, name));
        assertThat(leaf.getSubjectX500Principal().getName()).isEqualTo("O=Capture Proxy");
    }

    @Test
    void isValidForFortyFiveDaysInAllTwoOfThemInThePast() {
        X509Certificate leaf = leaf("example.com", LeafKind.EC);
        Instant from = leaf.getNotBefore().toInstant();
        assertThat(from).isEqualTo(Instant.parse("2026-02-27T12:00:00Z"));
        assertThat(leaf.getNotAfter().toInstant()).isEqualTo(from.plus(DAY.multipliedBy(45)));
    }

    @Test
    void neverOutlivesTheAuthority() {
        clock.advance(DAY.multipliedBy(3_651));
        Leaf leaf = issuer.issue(LeafName.of("example.com"), LeafKind.EC);
        assertThat(leaf.certificate().getNotAfter())
                .isEqualTo(authority.certificate().getNotAfter());
        assertThat(leaf.renewFrom())
                .isAfter(clock.instant())
                .isBefore(leaf.certificate().getNotAfter().toInstant());
    }

    @Test
    void isNeverOlderThanTheAuthority() {
        clock.advance(DAY.negated());
        assertThat(leaf("example.com", LeafKind.EC).getNotBefore())
                .isEqualTo(authority.certificate().getNotBefore());
    }

    @Test
    void isRenewedWhenAQuarterOfItsTimeIsLeft() {
        Leaf leaf = issuer.issue(LeafName.of("example.com"), LeafKind.EC);
        Instant until = leaf.certificate().getNotAfter().toInstant();
        assertThat(leaf.renewFrom()).isBetween(until.minus(DAY.multipliedBy(11)), until.minus(DAY.multipliedBy(10)));
    }

    @ParameterizedTest
    @ValueSource(ints = {-3, 3_653})
    void issuesNothingOutsideTheAuthoritysValidity(int days) {
        clock.advance(DAY.multipliedBy(days));
        LeafName name = LeafName.of("example.com");
        assertThatThrownBy(() -> issuer.issue(name, LeafKind.EC))
                .isInstanceOf(IllegalStateException.class)
                .hasMessageContaining("renew it");
    }

    @ParameterizedTest
    @EnumSource(LeafKind.class)
    void leavesOfOneKindShareAKeyThatIsNotTheAuthoritys(LeafKind kind) {
        Leaf one = issuer.issue(LeafName.of("one.example"), kind);
        Leaf other = issuer.issue(LeafName.of("two.example"), kind);
        assertThat(one.privateKey()).isSameAs(other.privateKey());
        assertThat(one.certificate().getPublicKey())
                .isNotEqualTo(authority.certificate().getPublicKey());
        LeafIssuer otherRun = new LeafIssuer(authority, clock);
        assertThat(otherRun.issue(LeafName.of("one.example"), kind)
                        .certificate()
                        .getPublicKey())
                .isNotEqualTo(one.certificate().getPublicKey());
    }

    @ParameterizedTest
    @CsvSource({"secp256r1, SHA256withECDSA", "secp384r1, SHA384withECDSA", "secp521r1, SHA512withECDSA"})
    void theHashFitsTheAuthoritysCurve(String curve, String algorithm) throws Exception {
        clock.set(Instant.now());
        AuthorityKeyPair other = TestAuthorities.curve(curve).make();
        Leaf leaf = new LeafIssuer(other, clock).issue(LeafName.of("example.com"), LeafKind.EC);
        assertThat(leaf.certificate().getSigAlgName()).isEqualTo(algorithm);
        assertThat(((ECPublicKey) leaf.certificate().getPublicKey())
                        .getParams()
                        .getOrder()
                        .bitLength())
                .isEqualTo(256);
        leaf.certificate().verify(other.certificate().getPublicKey());
    }

    @Test
    void anRsaAuthoritySignsWithSha256() throws Exception {
        AuthorityKeyPair rsa = make(KeySpec.RSA_2048, DAY);
        X509Certificate leaf = new LeafIssuer(rsa, clock)
                .issue(LeafName.of("example.com"), LeafKind.EC)
                .certificate();
        assertThat(leaf.getSigAlgName()).isEqualTo("SHA256withRSA");
        leaf.verify(rsa.certificate().getPublicKey());
    }

    @Test
    void theAuthorityKeyIdentifierIsTheAuthoritysOwn() {
        assertThat(authorityKey(leaf("example.com", LeafKind.EC))).isEqualTo(subjectKey(authority.certificate()));
    }

    @Test
    void theAuthorityKeyIdentifierIsTheAuthoritysOwnEvenIfItIsNoHash() throws Exception {
        clock.set(Instant.now());
        AuthorityKeyPair odd = TestAuthorities.curve("secp256r1")
                .subjectKey((byte) 7, (byte) 8)
                .make();
        Leaf leaf = new LeafIssuer(odd, clock).issue(LeafName.of("example.com"), LeafKind.EC);
        assertThat(authorityKey(leaf.certificate())).containsExactly(7, 8);
    }

    @Test
    void anAuthorityWithoutAKeyIdentifierIsNamedByItsKeysHash() throws Exception {
        clock.set(Instant.now());
        AuthorityKeyPair nameless =
                TestAuthorities.curve("secp256r1").subjectKey().make();
        Leaf leaf = new LeafIssuer(nameless, clock).issue(LeafName.of("example.com"), LeafKind.EC);
        assertThat(authorityKey(leaf.certificate())).hasSize(20);
    }

    /** What follows the lengths in OCTET STRING { OCTET STRING }. */
    private static byte[] subjectKey(X509Certificate certificate) {
        byte[] value = certificate.getExtensionValue("2.5.29.14");
        return Arrays.copyOfRange(value, 4, value.length);
    }

    /** What follows the lengths in OCTET STRING { SEQUENCE { [0] } }. */
    private static byte[] authorityKey(X509Certificate certificate) {
        byte[] value = certificate.getExtensionValue("2.5.29.35");
        return Arrays.copyOfRange(value, 6, value.length);
    }

    @Test
    void theChainEndsWithTheAuthority() {
        Leaf leaf = issuer.issue(LeafName.of("example.com"), LeafKind.EC);
        assertThat(leaf.chain()).containsExactly(leaf.certificate(), authority.certificate());
    }

    @ParameterizedTest
    @CsvSource({
        "example.com, true",
        "a.b.EXAMPLE.com, true",
        "badexample.com, false",
        "example.org, false",
        "192.0.2.1, false",
        "::1, false",
        "host.test, true"
    })
    void tellsWhichNamesAConstrainedAuthorityMayVouchFor(String name, boolean permitted) {
        LeafIssuer constrained = new LeafIssuer(make(KeySpec.EC_P256, DAY, "example.com", "test"), clock);
        assertThat(constrained.permits(LeafName.of(name))).isEqualTo(permitted);
        assertThat(issuer.permits(LeafName.of(name))).isTrue();
    }

    @Test
    void tenThousandSerialNumbersDiffer() {
        Set<Object> serials = new HashSet<>();
        IntStream.range(0, 10_000).forEach(i -> serials.add(Signing.serial()));
        assertThat(serials).hasSize(10_000);
    }

    @Test
    void noTextShowsAKey() {
        Leaf leaf = issuer.issue(LeafName.of("192.0.2.7"), LeafKind.EC);
        assertThat(leaf).hasToString("Leaf[192.0.2.7 until 2026-04-13T12:00:00Z]");
        assertThat(authority.toString()).startsWith("AuthorityKeyPair[CN=Test 2026-03-01 ");
        assertThat(leaf.name().address()).isPresent();
    }
}
