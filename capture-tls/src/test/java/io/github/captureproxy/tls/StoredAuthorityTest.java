package io.github.captureproxy.tls;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.time.Instant;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class StoredAuthorityTest {
    private static final Instant NOW = Instant.parse("2026-03-01T12:00:00Z");
    private static final Duration DAY = Duration.ofDays(1);

    @TempDir
    private Path parent;

    private Path folder;
    private final TestClock clock = new TestClock(NOW);
    private final AuthorityOptions options =
            AuthorityOptions.builder().clock(clock).build();

    @BeforeEach
    void nameFolder() {
        folder = parent.resolve("config/authority");
    }

    private CertificateAuthority open() {
        return CertificateAuthority.loadOrCreate(folder, options);
    }

    private Path file(String name) {
        return folder.resolve(name);
    }

    private static String permissions(Path path) throws IOException {
        assumeTrue(path.getFileSystem().supportedFileAttributeViews().contains("posix"), "no POSIX permissions here");
        return PosixFilePermissions.toString(Files.getPosixFilePermissions(path));
    }

    @Test
    void isMadeOnceAndThenTheSame() {
        CertificateAuthority made = open();
        assertThat(open().certificate()).isEqualTo(made.certificate());
        assertThat(made.validUntil()).isEqualTo(NOW.plus(AuthorityOptions.STORED_LIFETIME));
    }

    @Test
    void theCertificateLiesThereForOthers() throws Exception {
        CertificateAuthority made = open();
        assertThat(file("ca.pem")).hasContent(made.trust().pem());
        assertThat(Files.readString(file("ca.pem"))).doesNotContain("PRIVATE");
        assertThat(permissions(file("ca.pem"))).isEqualTo("rw-r--r--");
    }

    @Test
    void theKeyIsItsOwnersAlone() throws Exception {
        open();
        assertThat(permissions(file("ca.key"))).isEqualTo("rw-------");
        assertThat(permissions(folder)).isEqualTo("rwx------");
    }

    @Test
    void nothingElseIsLeftThere() throws Exception {
        open();
        try (Stream<Path> files = Files.list(folder)) {
            assertThat(files.map(file -> file.getFileName().toString()))
                    .containsExactlyInAnyOrder("ca.key", "ca.pem", "ca.lock");
        }
    }

    @Test
    void aFolderThatIsThereKeepsItsPermissions() throws Exception {
        Files.createDirectories(folder);
        String before = permissions(folder);
        open();
        assertThat(permissions(folder)).isEqualTo(before);
    }

    @Test
    void aCrashBeforeTheCertificateWasWrittenIsRepaired() throws Exception {
        CertificateAuthority made = open();
        Files.delete(file("ca.pem"));
        assertThat(open().certificate()).isEqualTo(made.certificate());
        assertThat(file("ca.pem")).hasContent(made.trust().pem());
    }

    @Test
    void aCrashInTheMiddleOfARenewalIsRepaired() throws Exception {
        open();
        byte[] old = Files.readAllBytes(file("ca.pem"));
        CertificateAuthority renewed = CertificateAuthority.renew(folder, options);
        Files.write(file("ca.pem"), old);
        assertThat(open().certificate()).isEqualTo(renewed.certificate());
        assertThat(file("ca.pem")).hasContent(renewed.trust().pem());
    }

    @Test
    void aBrokenCopyOfTheCertificateIsRepaired() throws Exception {
        CertificateAuthority made = open();
        Files.writeString(file("ca.pem"), "-----BEGIN CERTIFICATE-----\nAAAA\n-----END CERTIFICATE-----\n");
        open();
        assertThat(file("ca.pem")).hasContent(made.trust().pem());
    }

    @Test
    void whatACrashLeftHalfWrittenIsRemoved() throws Exception {
        Files.createDirectories(folder);
        Path left = Files.writeString(file(".ca.key.123.tmp"), "half a key");
        Path leftToo = Files.writeString(file(".ca.pem.456.tmp"), "half a certificate");
        Path foreign = Files.writeString(file("notes.tmp"), "somebody's");
        open();
        assertThat(left).doesNotExist();
        assertThat(leftToo).doesNotExist();
        assertThat(foreign).exists();
    }

    @Test
    void readingNeedsNoPermissionToWrite() throws Exception {
        CertificateAuthority made = open();
        Files.delete(file("ca.lock"));
        permissions(folder);
        Files.setPosixFilePermissions(folder, PosixFilePermissions.fromString("r-x------"));
        try {
            assertThat(open().certificate()).isEqualTo(made.certificate());
            assertThat(file("ca.lock")).doesNotExist();
        } finally {
            Files.setPosixFilePermissions(folder, PosixFilePermissions.fromString("rwx------"));
        }
    }

    @Test
    void aPairThatSomebodyPutThereIsTaken() throws Exception {
        CertificateAuthority made = open();
        String both = Files.readString(file("ca.key"));
        Files.writeString(file("ca.key"), both.substring(both.indexOf("-----BEGIN PRIVATE KEY")));
        assertThat(open().certificate()).isEqualTo(made.certificate());
    }

    @Test
    void aLostKeyIsNamedAndNotReplaced() throws Exception {
        open();
        Files.delete(file("ca.key"));
        assertThatThrownBy(this::open)
                .isInstanceOf(CertificateAuthorityException.class)
                .hasMessageStartingWith(file("ca.key") + " is missing")
                .hasMessageContaining("delete the certificate");
        assertThatThrownBy(() -> CertificateAuthority.loadOrRenew(folder, DAY, options))
                .hasMessageStartingWith(file("ca.key") + " is missing");
        Files.delete(file("ca.pem"));
        assertThat(open().certificate()).isNotNull();
    }

    @Test
    void renewalReplacesBothFiles() throws Exception {
        CertificateAuthority old = open();
        CertificateAuthority renewed = CertificateAuthority.renew(folder, options);
        assertThat(renewed.certificate()).isNotEqualTo(old.certificate());
        assertThat(renewed.trust().spkiPin()).isNotEqualTo(old.trust().spkiPin());
        assertThat(file("ca.pem")).hasContent(renewed.trust().pem());
        assertThat(open().certificate()).isEqualTo(renewed.certificate());
    }

    @Test
    void renewalPutsAnAuthorityWhereWasNoneOrABrokenOne() throws Exception {
        CertificateAuthority first = CertificateAuthority.renew(folder, options);
        assertThat(open().certificate()).isEqualTo(first.certificate());
        Files.writeString(file("ca.key"), "broken");
        CertificateAuthority second = CertificateAuthority.renew(folder, options);
        assertThat(open().certificate()).isEqualTo(second.certificate());
    }

    @Test
    void oneThatEndsSoonIsReplacedOnce() {
        CertificateAuthority old = CertificateAuthority.loadOrRenew(folder, DAY, options);
        clock.set(old.validUntil().minus(DAY).minusSeconds(1));
        assertThat(CertificateAuthority.loadOrRenew(folder, DAY, options).certificate())
                .isEqualTo(old.certificate());
        clock.advance(Duration.ofSeconds(1));
        CertificateAuthority renewed = CertificateAuthority.loadOrRenew(folder, DAY, options);
        assertThat(renewed.certificate()).isNotEqualTo(old.certificate());
        assertThat(CertificateAuthority.loadOrRenew(folder, DAY, options).certificate())
                .isEqualTo(renewed.certificate());
    }

    @Test
    void oneThatHasEndedIsReplaced() {
        CertificateAuthority old = open();
        clock.set(old.validUntil().plus(DAY));
        assertThat(CertificateAuthority.loadOrRenew(folder, Duration.ZERO, options)
                        .certificate())
                .isNotEqualTo(old.certificate());
    }

    @Test
    void refusesToRenewAfterTheEnd() {
        assertThatThrownBy(() -> CertificateAuthority.loadOrRenew(folder, DAY.negated(), options))
                .isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void refusesARenewalThatWouldBeDueAgainAtOnce() {
        AuthorityOptions shortLived =
                AuthorityOptions.builder().clock(clock).lifetime(DAY).build();
        assertThatThrownBy(() -> CertificateAuthority.loadOrRenew(folder, DAY, shortLived))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("longer lifetime");
        assertThat(folder).doesNotExist();
    }

    @Test
    void aFolderThatCannotBeMadeIsNamed() throws Exception {
        Files.writeString(parent.resolve("config"), "a file");
        assertThatThrownBy(this::open)
                .isInstanceOf(CertificateAuthorityException.class)
                .hasMessageStartingWith(folder + " can't be written")
                .extracting(e -> ((CertificateAuthorityException) e).file())
                .isEqualTo(java.util.Optional.of(folder));
    }
}
