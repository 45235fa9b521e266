package io.github.captureproxy.tls;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.github.captureproxy.tls.internal.issuing.AuthorityKeyPair;
import io.github.captureproxy.tls.internal.issuing.LeafKind;
import io.github.captureproxy.tls.internal.issuing.LeafName;
import io.github.captureproxy.tls.internal.issuing.PemText;
import io.github.captureproxy.tls.internal.issuing.TestAuthorities;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.time.Instant;
import java.util.Base64;
import java.util.Optional;
import org.bouncycastle.asn1.x509.KeyPurposeId;
import org.bouncycastle.asn1.x509.KeyUsage;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Every message names the file, what is wrong, and the fix. */
class BrokenAuthorityTest {
    private static final Duration DAY = Duration.ofDays(1);

    /** Made by OpenSSL with -param_enc explicit: the curve is written out in numbers. */
    private static final String WRITTEN_OUT = """
            -----BEGIN CERTIFICATE-----
            MIICbzCCAhWgAwIBAgIUJvwOdi/M9OEGTCO5mFrm/+g+Eu4wCgYIKoZIzj0EAwIw
            EzERMA8GA1UEAwwIZXhwbGljaXQwHhcNMjYxMTMwMTIwNDI3WhcNMjYxMjMwMTIw
            NDI3WjATMREwDwYDVQQDDAhleHBsaWNpdDCCAUswggEDBgcqhkjOPQIBMIH3AgEB
            MCwGByqGSM49AQECIQD/////AAAAAQAAAAAAAAAAAAAAAP///////////////zBb
            BCD/////AAAAAQAAAAAAAAAAAAAAAP///////////////AQgWsY12Ko6k+ez671V
            dpiGvGUdBrDMU7D2O848PifSYEsDFQDEnTYIhucEk2pmeOETnSa3gZ9+kARBBGsX
            0fLhLEJH+Lzm5WOkQPJ3A32BLeszoPShOUXYmMKWT+NC4v4af5uO5+tKfA+eFivO
            M1drMV7Oy7ZAaDe/UfUCIQD/////AAAAAP//////////vOb6racXnoTzucrC/GMl
            UQIBAQNCAAQCDnn3h7SZruL8ovOR1ZiGCWUk8A6bZz+4dzoAB8p6pB79G66kK4R4
            +PBQV6BIjT/LcMnhxZYHAddLvPjOL2/jo1MwUTAdBgNVHQ4EFgQUoDScTbcAyN5v
            j5w+xbICtqw+WbswHwYDVR0jBBgwFoAUoDScTbcAyN5vj5w+xbICtqw+WbswDwYD
            VR0TAQH/BAUwAwEB/zAKBggqhkjOPQQDAgNIADBFAiBVF5aim6JpoKySHzQQt/VE
            5Gw5jC0tsjXsa82rBR7+BQIhAMfc98G5ooc41NMnrYEEEYaPxvfAPLd32get5AJs
            tmSB
            -----END CERTIFICATE-----
            """;

    /** Made by OpenSSL on the curve secp256k1, as long as P-256. */
    private static final String ODD_CURVE = """
            -----BEGIN CERTIFICATE-----
            MIIBhzCCAS2gAwIBAgIUDZbKfyUwFXUbpEkvVzzTQt6c85swCgYIKoZIzj0EAwIw
            FDESMBAGA1UEAwwJc2VjcDI1NmsxMB4XDTI2MTEzMDEyMDQyN1oXDTI2MTIzMDEy
            MDQyN1owFDESMBAGA1UEAwwJc2VjcDI1NmsxMFYwEAYHKoZIzj0CAQYFK4EEAAoD
            QgAEyW4uiIIO5Up1w4lilGEspUoWDDbyfdAsEFkH9jxOof75GrGq1GmPnpAJmWwj
            /8XA6NLGUEulDfeN/egqrfAUDqNgMF4wHQYDVR0OBBYEFL8E2uUZKLpGGPTN5wb9
            SCHQ4F70MB8GA1UdIwQYMBaAFL8E2uUZKLpGGPTN5wb9SCHQ4F70MA8GA1UdEwEB
            /wQFMAMBAf8wCwYDVR0PBAQDAgEGMAoGCCqGSM49BAMCA0gAMEUCIBFkcBYSDvV9
            TO9KxBivuUTbHLWhqLvztcnDdYp0HDWfAiEAl1hvqYOTirh278i9TPas/XWxyZXl
            hBz9ke7mrdcU7/s=
            -----END CERTIFICATE-----
            """;

    @TempDir
    private Path folder;

    private Path certificate;
    private Path key;

    @BeforeEach
    void nameFiles() {
        certificate = folder.resolve("company.pem");
        key = folder.resolve("company.key");
    }

    private void write(AuthorityKeyPair pair) throws Exception {
        writeCertificate(PemText.write(pair.certificate()));
        writeKey(PemText.write(pair.privateKey()));
    }

    private void writeCertificate(String text) throws Exception {
        Files.writeString(certificate, text);
    }

    private void writeKey(String text) throws Exception {
        Files.writeString(key, text);
        if (isPosix()) {
            Files.setPosixFilePermissions(key, PosixFilePermissions.fromString("rw-------"));
        }
    }

    private boolean isPosix() {
        return folder.getFileSystem().supportedFileAttributeViews().contains("posix");
    }

    private static TestAuthorities good() throws Exception {
        return TestAuthorities.curve("secp256r1");
    }

    private CertificateAuthority load() {
        return CertificateAuthority.load(certificate, key);
    }

    private void assertRefused(Path file, String problem, String fix) {
        assertThatThrownBy(this::load)
                .isInstanceOf(CertificateAuthorityException.class)
                .hasMessageStartingWith(file + " ")
                .hasMessageContaining(problem)
                .hasMessageContaining(fix)
                .extracting(e -> ((CertificateAuthorityException) e).file())
                .isEqualTo(Optional.of(file));
    }

    @Test
    void aGoodPairIsLoaded() throws Exception {
        AuthorityKeyPair pair = good().make();
        write(pair);
        assertThat(load().certificate()).isEqualTo(pair.certificate());
    }

    @Test
    void bothMayBeInOneFileInAnyOrder() throws Exception {
        AuthorityKeyPair pair = good().make();
        writeKey("Bag Attributes\n" + PemText.write(pair.privateKey()) + "subject=x\n"
                + PemText.write(pair.certificate()));
        assertThat(CertificateAuthority.load(key, key).certificate()).isEqualTo(pair.certificate());
    }

    @Test
    void certificatesAboveItAreShownToClients() throws Exception {
        AuthorityKeyPair pair = good().make();
        AuthorityKeyPair above = TestAuthorities.curve("secp384r1").make();
        write(pair);
        writeCertificate(PemText.write(pair.certificate()) + PemText.write(above.certificate()));
        var leaf = load().issuer().issue(LeafName.of("a.test"), LeafKind.EC);
        assertThat(leaf.chain()).containsExactly(leaf.certificate(), pair.certificate(), above.certificate());
    }

    @Test
    void aMissingCertificate() throws Exception {
        write(good().make());
        Files.delete(certificate);
        assertRefused(certificate, "is missing", "restore it");
    }

    @Test
    void aMissingKey() throws Exception {
        write(good().make());
        Files.delete(key);
        assertRefused(key, "is missing", "restore it");
    }

    @ParameterizedTest
    @ValueSource(strings = {"rw-r-----", "rw----r--", "rw--w----", "rw-rw-rw-"})
    void aKeyThatOthersCanGetAt(String permissions) throws Exception {
        assumeTrue(isPosix(), "no POSIX permissions here");
        write(good().make());
        Files.setPosixFilePermissions(key, PosixFilePermissions.fromString(permissions));
        assertRefused(key, "others than its owner can get at it", "chmod 600 " + key);
    }

    @Test
    void aStoredKeyThatOthersCanGetAt() throws Exception {
        assumeTrue(isPosix(), "no POSIX permissions here");
        CertificateAuthority.loadOrCreate(folder);
        Path stored = folder.resolve("ca.key");
        Files.setPosixFilePermissions(stored, PosixFilePermissions.fromString("rw-r--r--"));
        assertThatThrownBy(() -> CertificateAuthority.loadOrCreate(folder))
                .hasMessageStartingWith(stored + " ")
                .hasMessageContaining("chmod 600 " + stored);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "-----BEGIN CERTIFICATE-----\nAAAA\n-----END CERTIFICATE-----\n",
                "-----BEGIN CERTIFICATE-----\n!!!!\n-----END CERTIFICATE-----\n",
                "-----BEGIN CERTIFICATE-----\nMIIB",
                "-----BEGIN CERTIFICATE-----\n-----END CERTIFICATE-----\n"
            })
    void aBrokenCertificate(String text) throws Exception {
        write(good().make());
        writeCertificate(text);
        assertRefused(certificate, "is broken", "restore it");
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "\n", "hello", "PK\u0003\u0004"})
    void aFileWithoutACertificate(String text) throws Exception {
        write(good().make());
        writeCertificate(text);
        assertRefused(certificate, "holds no certificate in PEM", "restore it");
    }

    @Test
    void aFileWithoutAKey() throws Exception {
        AuthorityKeyPair pair = good().make();
        write(pair);
        writeKey(PemText.write(pair.certificate()));
        assertRefused(key, "holds no private key in PEM", "restore it");
    }

    @ParameterizedTest
    @ValueSource(ints = {30, 60, 100, 120})
    void aKeyThatIsCutOff(int length) throws Exception {
        AuthorityKeyPair pair = good().make();
        write(pair);
        writeKey(PemText.write(pair.privateKey()).substring(0, length));
        assertRefused(key, "is broken", "restore it");
    }

    @Test
    void aFileThatIsTooLong() throws Exception {
        write(good().make());
        writeCertificate("x".repeat((1 << 20) + 1));
        assertRefused(certificate, "is longer than 1048576 bytes", "give a file that holds PEM alone");
    }

    @Test
    void anEncryptedKey() throws Exception {
        write(good().make());
        writeKey("-----BEGIN RSA PRIVATE KEY-----\nProc-Type: 4,ENCRYPTED\nDEK-Info: AES-128-CBC,"
                + "00112233445566778899AABBCCDDEEFF\n\n" + Base64.getEncoder().encodeToString(new byte[32])
                + "\n-----END RSA PRIVATE KEY-----\n");
        assertRefused(key, "holds an encrypted key", "openssl pkey");
    }

    @Test
    void anExpiredOne() throws Exception {
        Instant end = Instant.parse("2020-01-02T03:04:05Z");
        write(good().from(end.minus(DAY)).until(end).make());
        assertRefused(certificate, "expired at 2020-01-02T03:04:05Z", "renew the authority");
    }

    @Test
    void oneThatIsNotYetValid() throws Exception {
        write(good().from(Instant.now().plus(DAY)).make());
        assertRefused(certificate, "is not valid before", "set this machine's clock right");
    }

    @Test
    void oneThatIsNoAuthority() throws Exception {
        write(good().noAuthority().make());
        assertRefused(certificate, "lacks CA:TRUE", "give one that may sign others");
    }

    @Test
    void oneWhoseKeyMayNotSign() throws Exception {
        write(good().usage(KeyUsage.cRLSign).make());
        assertRefused(certificate, "lacks keyCertSign", "give one that may");
    }

    @Test
    void oneThatSaysNothingOfItsKeysUse() throws Exception {
        write(good().usage(0).make());
        assertThat(load().certificate().getKeyUsage()).isNull();
    }

    @Test
    void oneThatIsForMailOnly() throws Exception {
        write(good().purpose(KeyPurposeId.id_kp_emailProtection).make());
        assertRefused(certificate, "lacks serverAuth", "give one that is");
    }

    @Test
    void oneForServers() throws Exception {
        write(good().purpose(KeyPurposeId.id_kp_serverAuth).make());
        assertThat(load().certificate().getExtendedKeyUsage()).hasSize(1);
    }

    @Test
    void aKeyThatIsTooShort() throws Exception {
        write(TestAuthorities.key("RSA", 1024).make());
        assertRefused(certificate, "TLS clients refuse", "RSA of at least 2048 bits");
    }

    @Test
    void aKeyOfAKindThatBrowsersRefuse() throws Exception {
        AuthorityKeyPair unusual = TestAuthorities.key("Ed25519", 255).make();
        write(unusual);
        assertRefused(key, "holds a key of a kind that is not supported", "use EC P-256");
        writeKey(PemText.write(good().make().privateKey()));
        assertRefused(certificate, "TLS clients refuse", "use EC P-256");
    }

    @Test
    void aKeyOnACurveThatBrowsersRefuse() throws Exception {
        write(good().make());
        writeCertificate(ODD_CURVE);
        assertRefused(certificate, "TLS clients refuse", "use EC P-256");
    }

    @Test
    void aCertificateThatJavaRefuses() throws Exception {
        write(good().make());
        writeCertificate(WRITTEN_OUT);
        assertRefused(certificate, "that Java can't read (", "renew the authority");
    }

    @Test
    void aKeyOfAnother() throws Exception {
        write(good().make());
        writeKey(PemText.write(good().make().privateKey()));
        assertRefused(key, "is not the one of the certificate CN=Company CA", "give the two that belong together");
    }

    @Test
    void aKeyOfAnotherKind() throws Exception {
        write(good().make());
        writeKey(PemText.write(TestAuthorities.key("RSA", 2048).make().privateKey()));
        assertRefused(key, "is not the one of the certificate CN=Company CA", "give the two that belong together");
    }

    @Test
    void noMessageShowsAKey() throws Exception {
        AuthorityKeyPair pair = good().make();
        write(pair);
        String text = PemText.write(pair.privateKey());
        writeKey(text.replace("END PRIVATE", "END OTHER"));
        assertThatThrownBy(this::load).satisfies(e -> {
            for (Throwable cause = e; cause != null; cause = cause.getCause()) {
                assertThat(String.valueOf(cause.getMessage())).doesNotContain(text.substring(40, 60));
            }
        });
    }
}
