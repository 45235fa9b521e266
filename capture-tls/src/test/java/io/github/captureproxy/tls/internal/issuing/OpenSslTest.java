package io.github.captureproxy.tls.internal.issuing;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.github.captureproxy.tls.internal.trust.CertificateDigests;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** What OpenSSL makes of what is issued, where it is installed. */
class OpenSslTest {
    private static final String LONG = "a".repeat(60) + ".example.com";

    @TempDir
    private Path folder;

    @BeforeAll
    static void needsOpenSsl() throws Exception {
        boolean installed;
        try {
            installed = new ProcessBuilder("openssl", "version")
                            .redirectErrorStream(true)
                            .start()
                            .waitFor()
                    == 0;
        } catch (IOException e) {
            installed = false;
        }
        assumeTrue(installed, "openssl is not installed");
    }

    private static AuthorityKeyPair make(KeySpec key, String... domains) {
        return AuthorityMaker.make(
                new AuthorityTemplate(key, "Test", Duration.ofDays(30), List.of(domains)), Instant.now());
    }

    private String openssl(String... arguments) throws Exception {
        Process process = new ProcessBuilder(Stream.concat(Stream.of("openssl"), Stream.of(arguments))
                        .toList())
                .redirectErrorStream(true)
                .directory(folder.toFile())
                .start();
        String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        process.waitFor();
        return output.strip();
    }

    private String verify(AuthorityKeyPair authority, String name, LeafKind kind) throws Exception {
        Leaf leaf = new LeafIssuer(authority, Clock.systemUTC()).issue(LeafName.of(name), kind);
        Files.writeString(folder.resolve("ca.pem"), PemText.write(authority.certificate()));
        Files.writeString(folder.resolve("leaf.pem"), PemText.write(leaf.certificate()));
        String check = leaf.name().address().isPresent() ? "-verify_ip" : "-verify_hostname";
        return openssl("verify", "-x509_strict", "-purpose", "sslserver", check, name, "-CAfile", "ca.pem", "leaf.pem");
    }

    static Stream<Arguments> cases() {
        return Stream.of("example.com", "xn--bcher-kva.example", LONG, "192.0.2.7", "2001:db8::1", "a_b.example")
                .flatMap(name -> Stream.of(LeafKind.values())
                        .flatMap(kind -> Stream.of(KeySpec.EC_P256, KeySpec.RSA_2048)
                                .map(authority -> Arguments.of(name, kind, authority))));
    }

    @ParameterizedTest
    @MethodSource("cases")
    void itsStrictCheckPasses(String name, LeafKind kind, KeySpec authority) throws Exception {
        assertThat(verify(make(authority), name, kind)).isEqualTo("leaf.pem: OK");
    }

    @Test
    void nameConstraintsHold() throws Exception {
        AuthorityKeyPair constrained = make(KeySpec.EC_P256, "example.com");
        assertThat(verify(constrained, "www.example.com", LeafKind.EC)).isEqualTo("leaf.pem: OK");
        assertThat(verify(constrained, "example.org", LeafKind.EC)).contains("permitted subtree violation");
        assertThat(verify(constrained, "192.0.2.7", LeafKind.EC)).contains("excluded subtree violation");
    }

    @Test
    void digestsAreWhatItSays() throws Exception {
        AuthorityKeyPair authority = make(KeySpec.EC_P256);
        Files.writeString(folder.resolve("ca.pem"), PemText.write(authority.certificate()));
        assertThat(openssl("x509", "-in", "ca.pem", "-noout", "-fingerprint", "-sha256"))
                .endsWith("=" + CertificateDigests.fingerprint(authority.certificate()));
        assertThat(openssl("x509", "-in", "ca.pem", "-noout", "-subject_hash_old"))
                .isEqualTo(CertificateDigests.oldSubjectHash(authority.certificate()));
        openssl("x509", "-in", "ca.pem", "-noout", "-pubkey", "-out", "key.pem");
        openssl("pkey", "-pubin", "-in", "key.pem", "-outform", "DER", "-out", "key.der");
        openssl("dgst", "-sha256", "-binary", "-out", "digest", "key.der");
        assertThat(openssl("base64", "-in", "digest")).isEqualTo(CertificateDigests.spkiPin(authority.certificate()));
    }

    @ParameterizedTest
    @MethodSource("keyCommands")
    void keysInItsFormsAreRead(List<String> command, String algorithm) throws Exception {
        openssl(command.toArray(String[]::new));
        PemText text = PemText.parse(Files.readString(folder.resolve("key.pem")));
        assertThat(text.privateKey())
                .get()
                .extracting(key -> key.getAlgorithm())
                .isEqualTo(algorithm);
    }

    static Stream<Arguments> keyCommands() {
        return Stream.of(
                Arguments.of(List.of("ecparam", "-name", "prime256v1", "-genkey", "-out", "key.pem"), "EC"),
                Arguments.of(List.of("ecparam", "-name", "secp384r1", "-genkey", "-noout", "-out", "key.pem"), "EC"),
                Arguments.of(List.of("genrsa", "-traditional", "-out", "key.pem", "2048"), "RSA"),
                Arguments.of(List.of("genrsa", "-out", "key.pem", "2048"), "RSA"),
                Arguments.of(
                        List.of(
                                "genpkey",
                                "-algorithm",
                                "EC",
                                "-pkeyopt",
                                "ec_paramgen_curve:P-256",
                                "-out",
                                "key.pem"),
                        "EC"));
    }
}
