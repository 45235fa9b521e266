package io.github.captureproxy.examples;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class TrustAdviceTest {
    private static final Place LOOPBACK = new Place("127.0.0.1", 5555, "");
    private static final Place WIFI = new Place("192.168.7.20", 5555, "wlan0");

    @TempDir
    Path folder;

    @ParameterizedTest
    @EnumSource(OperatingSystem.class)
    void everyStepThatInstallsHasTheOneThatRemovesBelowIt(OperatingSystem system) throws Exception {
        Files.createDirectories(folder.resolve("root/usr/local/share/ca-certificates"));
        List<String> lines = advice(system).forGood(Optional.of(WIFI));

        List<String> steps = lines.subList(1, lines.size() - 1);
        assertThat(steps).hasSizeGreaterThanOrEqualTo(6);
        for (int i = 0; i < steps.size(); i += 2) {
            assertThat(steps.get(i)).matches("(system|chromium|firefox|phone) .*");
            assertThat(steps.get(i + 1)).startsWith("  undo   ");
        }
    }

    @Test
    void onDebianTheSystemsStoreTakesAFileThatEndsInCrt() throws Exception {
        Files.createDirectories(folder.resolve("root/usr/local/share/ca-certificates"));
        TrustAdvice advice = advice(OperatingSystem.LINUX);
        String file = folder.resolve("root/usr/local/share/ca-certificates")
                        .resolve(advice.authority().name().replace(' ', '-'))
                + ".crt";

        assertThat(advice.forGood(Optional.empty()))
                .contains(
                        "system   sudo cp " + advice.authority().file() + " " + file
                                + " && sudo update-ca-certificates",
                        "  undo   sudo rm " + file + " && sudo update-ca-certificates --fresh");
    }

    @Test
    void aPhoneThatCannotGetInIsToldWhatLetsIt() throws Exception {
        assertThat(advice(OperatingSystem.LINUX).forGood(Optional.empty()))
                .filteredOn(line -> line.startsWith("phone"))
                .singleElement()
                .asString()
                .contains("--lan", "--android", "http://capture.internal/")
                .doesNotContain("above");
    }

    @Test
    void onLinuxChromiumsDatabaseIsMadeIfThereIsNone() throws Exception {
        TrustAdvice advice = advice(OperatingSystem.LINUX);
        Path database = folder.resolve("home/.pki/nssdb");

        assertThat(advice.forGood(Optional.empty()))
                .anyMatch(line -> line.startsWith("chromium mkdir -p " + database + " && certutil -d sql:" + database));
        Files.createDirectories(database);
        assertThat(advice.forGood(Optional.empty()))
                .contains("chromium certutil -d sql:" + database + " -A -t C,, -n '"
                        + advice.authority().name() + "' -i "
                        + advice.authority().file());
    }

    @Test
    void theAuthorityIsShownWithItsFingerprintAndFile() throws Exception {
        TrustAdvice advice = advice(OperatingSystem.LINUX);

        assertThat(advice.authorityLines())
                .contains(
                        "SHA-256  " + advice.authority().fingerprint(),
                        "file     " + advice.authority().file())
                .anyMatch(line -> line.matches("name     Capture Proxy CA .*, valid until 20\\d\\d-\\d\\d-\\d\\d"))
                .noneMatch(line -> line.contains("--renew"));
    }

    @Test
    void anAuthorityThatEndsSoonIsToBeRenewed() throws Exception {
        StoredAuthority authority = Folders.authority(folder, Duration.ofDays(20));
        TrustAdvice due = new TrustAdvice(authority, "pin=", true, Optional.empty(), Folders.machine(folder));

        assertThat(due.authorityLines()).anyMatch(line -> line.contains("--undo") && line.contains("--https --renew"));
    }

    @Test
    void withoutTheFilesBesideItTheAuthorityAloneIsGivenToCurl() throws Exception {
        TrustAdvice bare =
                new TrustAdvice(Folders.authority(folder), "pin=", false, Optional.empty(), Folders.machine(folder));

        assertThat(bare.once(LOOPBACK, ""))
                .contains("curl     curl -x http://127.0.0.1:5555 --cacert " + folder.resolve("ca.pem")
                        + " https://example.com/")
                .noneMatch(line -> line.startsWith("java"))
                .last()
                .asString()
                .endsWith(" --ignore-certificate-errors-spki-list=pin=");
    }

    private TrustAdvice advice(OperatingSystem system) throws Exception {
        return new TrustAdvice(
                Folders.authority(folder),
                "pin=",
                false,
                Optional.of(new TrustFiles(folder.resolve("bundle.pem"), folder.resolve("java-trust.p12"))),
                Folders.machine(folder, system, Map.of()));
    }
}
