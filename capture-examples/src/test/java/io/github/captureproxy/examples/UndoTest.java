package io.github.captureproxy.examples;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assumptions.assumeThat;

import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The removal, on machines of which the test owns all folders and programs. */
class UndoTest {
    private final ByteArrayOutputStream written = new ByteArrayOutputStream();
    private final List<String> ran = new ArrayList<>();

    @TempDir
    Path folder;

    private Path authorityFolder;
    private StoredAuthority authority;

    @BeforeEach
    void makeAuthority() throws Exception {
        authorityFolder = folder.resolve("authority");
        authority = Folders.authority(authorityFolder);
    }

    @Test
    void takesItOutOfTheDatabasesOfBrowsers() throws Exception {
        Path chromium =
                Folders.file(folder.resolve("home/.pki/nssdb/cert9.db"), "").getParent();
        Path firefox = Folders.file(folder.resolve("home/.mozilla/firefox/a.default/cert9.db"), "")
                .getParent();
        Path snap = Folders.file(folder.resolve("home/snap/firefox/common/.mozilla/firefox/b/cert9.db"), "")
                .getParent();

        undo(OperatingSystem.LINUX, 0);

        for (Path database : List.of(chromium, firefox, snap)) {
            assertThat(ran).contains("certutil -d sql:" + database + " -D -n " + authority.name());
            assertThat(lines()).contains("removed  from " + database);
        }
    }

    @Test
    void leavesADatabaseAloneThatDoesNotHoldIt() throws Exception {
        Folders.file(folder.resolve("home/.pki/nssdb/cert9.db"), "");

        undo(OperatingSystem.LINUX, 255);

        assertThat(ran).hasSize(1).noneMatch(command -> command.contains(" -D "));
        assertThat(lines()).contains("It was found in no store of this system and its browsers.");
    }

    @Test
    void withoutCertutilItTellsTheCommand() throws Exception {
        Path database =
                Folders.file(folder.resolve("home/.pki/nssdb/cert9.db"), "").getParent();

        undo(OperatingSystem.LINUX, Programs.NOT_FOUND);

        assertThat(lines())
                .anyMatch(line ->
                        line.startsWith("to do    certutil -d sql:" + database + " -D -n '" + authority.name() + "'"));
    }

    @Test
    void takesItOutOfALinuxSystemsStoreUnderAnyFileName() throws Exception {
        String pem = Files.readString(authority.file());
        Path added = Folders.file(folder.resolve("root/usr/local/share/ca-certificates/x.crt"), pem);
        Path other = Folders.file(added.resolveSibling("other.crt"), "of somebody else");

        undo(OperatingSystem.LINUX, 0);

        assertThat(added).doesNotExist();
        assertThat(other).exists();
        assertThat(ran).containsExactly("update-ca-certificates --fresh");
        assertThat(lines()).contains("removed  from " + added);
    }

    @Test
    void tellsWhatIsLeftWhereTheSystemsStoreCouldNotBeMadeAnew() throws Exception {
        Folders.file(folder.resolve("root/etc/pki/ca-trust/source/anchors/x.pem"), Files.readString(authority.file()));

        undo(OperatingSystem.LINUX, 1);

        assertThat(lines()).contains("to do    sudo update-ca-trust");
    }

    @Test
    void leavesToThePersonWhatItMayNotDo() throws Exception {
        Path added = Folders.file(
                folder.resolve("root/usr/local/share/ca-certificates/x.crt"), Files.readString(authority.file()));
        Path store = added.getParent();
        assertThat(store.toFile().setWritable(false)).isTrue();
        assumeThat(Files.isWritable(store))
                .as("the superuser may do everything")
                .isFalse();

        undo(OperatingSystem.LINUX, 0);

        assertThat(store.toFile().setWritable(true)).isTrue();
        assertThat(added).exists();
        assertThat(lines()).contains("to do    sudo rm " + added + " && sudo update-ca-certificates --fresh");
    }

    @Test
    void onMacosItTakesItOutOfTheUsersKeychainAndTellsAboutTheSystems() {
        undo(OperatingSystem.MACOS, 0);

        String login =
                folder.resolve("home/Library/Keychains/login.keychain-db").toString();
        assertThat(ran).contains("security delete-certificate -c " + authority.name() + " -t " + login);
        assertThat(lines())
                .contains(
                        "removed  from " + login,
                        "to do    sudo security delete-certificate -c '" + authority.name()
                                + "' -t /Library/Keychains/System.keychain");
    }

    @Test
    void onWindowsItTakesItOutOfTheUsersStoreAndTellsAboutTheMachines() {
        undo(OperatingSystem.WINDOWS, 0);

        assertThat(ran).contains("certutil -user -delstore Root " + authority.name());
        assertThat(lines())
                .contains(
                        "removed  from the user's store Root",
                        "to do    as administrator: certutil -delstore Root \"" + authority.name() + "\"");
    }

    @Test
    void alwaysTellsWhatCannotBeSeenFromHereAndWhereTheAuthorityStays() {
        undo(OperatingSystem.LINUX, 0);

        assertThat(lines())
                .contains("SHA-256 " + authority.fingerprint())
                .anyMatch(line -> line.startsWith("phones   "))
                .anyMatch(line -> line.startsWith("java     "))
                .anyMatch(line -> line.contains(authorityFolder.toString()));
        assertThat(authority.file()).exists();
    }

    @Test
    void whereThereIsNoAuthorityItRunsNothingAndSaysSo() {
        authorityFolder = folder.resolve("elsewhere");

        undo(OperatingSystem.LINUX, 0);

        assertThat(ran).isEmpty();
        assertThat(lines()).first().asString().startsWith("There is no authority in " + authorityFolder);
    }

    @Test
    void aBrokenCertificateIsAnErrorThatNamesItsFile() throws Exception {
        Files.writeString(authority.file(), "nothing");

        assertThatThrownBy(() -> undo(OperatingSystem.LINUX, 0))
                .isInstanceOf(UsageException.class)
                .hasMessageContaining(authority.file().toString());
    }

    @Test
    void theOptionEndsWithoutAProxyAndWithExitCodeZero() {
        PrintStream out = new PrintStream(written, true, UTF_8);
        int code = new CaptureProxyMain(out, out, Folders.machine(folder), command -> Programs.NOT_FOUND)
                .run("--undo", "--authority", authorityFolder.toString(), "--pass-through", "example.com");

        assertThat(code).isZero();
        assertThat(lines()).contains("Taking out " + authority.name()).noneMatch(line -> line.contains("listens"));
    }

    /** Each program that is run ends with the same exit code. */
    private void undo(OperatingSystem system, int exitCode) {
        Programs programs = command -> {
            ran.add(String.join(" ", command));
            return exitCode;
        };
        new Undo(Folders.machine(folder, system, Map.of()), programs, new PrintStream(written, true, UTF_8))
                .run(authorityFolder);
    }

    private List<String> lines() {
        return written.toString(UTF_8).lines().toList();
    }
}
