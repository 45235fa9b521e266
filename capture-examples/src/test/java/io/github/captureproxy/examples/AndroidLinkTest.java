package io.github.captureproxy.examples;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.DisabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** A device on a cable, with a program in adb's place that notes how it is called */
@DisabledOnOs(value = OS.WINDOWS, disabledReason = "the program in adb's place is a shell script")
class AndroidLinkTest {
    @TempDir
    Path folder;

    private Machine machine;

    @BeforeEach
    void installAdb() throws IOException {
        machine = Folders.machine(folder, Map.of("PATH", folder.resolve("nothing") + ":" + folder.resolve("bin")));
        adb("List of devices attached\\nABC123\\tdevice\\n", "null", "");
    }

    /** Puts a program in adb's place: what it says to devices, the setting it has, and a call that fails. */
    private void adb(String devices, String setting, String failing) throws IOException {
        Path adb = Folders.file(
                folder.resolve("bin/adb"),
                "#!/bin/sh\necho \"$*\" >> '" + folder.resolve("calls") + "'\n"
                        + (failing.isEmpty()
                                ? ""
                                : "case \"$*\" in *" + failing + "*) echo 'adb: error: broken' >&2; exit 1;; esac\n")
                        + "case \"$*\" in\n  devices) printf '" + devices + "';;\n"
                        + "  *'settings get'*) echo '" + setting + "';;\nesac\n");
        Files.setPosixFilePermissions(adb, PosixFilePermissions.fromString("rwx------"));
    }

    private List<String> calls() throws IOException {
        Path calls = folder.resolve("calls");
        return Files.exists(calls) ? Files.readAllLines(calls) : List.of();
    }

    private AndroidLink open(String serial) {
        return AndroidLink.open(
                machine, Optional.of(serial).filter(it -> !it.isEmpty()), 5555, Optional.of(Path.of("/home/ca.pem")));
    }

    @Test
    void sendsThroughTheProxyUntilItIsClosed() throws Exception {
        AndroidLink link = open("");
        assertThat(link.lines()).anyMatch(line -> line.contains("ABC123 sends through the proxy"));
        assertThat(calls())
                .containsExactly(
                        "devices",
                        "-s ABC123 shell settings get global http_proxy",
                        "-s ABC123 reverse tcp:5555 tcp:5555",
                        "-s ABC123 shell settings put global http_proxy 127.0.0.1:5555",
                        "-s ABC123 push /home/ca.pem /sdcard/Download/capture-proxy-ca.crt");
        link.close();
        assertThat(calls().subList(5, calls().size()))
                .containsExactly(
                        "-s ABC123 shell settings put global http_proxy :0",
                        "-s ABC123 reverse --remove tcp:5555",
                        "-s ABC123 shell rm -f /sdcard/Download/capture-proxy-ca.crt");
    }

    @Test
    void getsItsOwnProxyBackIfItHadOne() throws Exception {
        adb("ABC123\\tdevice\\n", "proxy.example:3128", "");
        open("").close();
        assertThat(calls()).contains("-s ABC123 shell settings put global http_proxy proxy.example:3128");
    }

    @Test
    void isChosenBySerialWhereThereAreSeveral() throws Exception {
        adb("ABC123\\tdevice\\nemulator-5554\\tdevice\\n", "null", "");
        assertThatThrownBy(() -> open(""))
                .isInstanceOf(UsageException.class)
                .hasMessageContaining("--android SERIAL, of ABC123, emulator-5554");
        try (AndroidLink link = open("emulator-5554")) {
            assertThat(link.lines()).anyMatch(line -> line.contains("emulator-5554 sends"));
        }
    }

    @ParameterizedTest
    @CsvSource({
        "'', '', no device is attached",
        "'ABC123\\tunauthorized\\n', '', unlock it",
        "'ABC123\\toffline\\n', '', plug it in again",
        "'ABC123\\tno permissions\\n', '', no permissions",
        "'ABC123\\tdevice\\n', OTHER, 'no such device is attached; there is ABC123'"
    })
    void isNotUsedWhereItCannotBe(String devices, String serial, String words) throws Exception {
        adb(devices, "null", "");
        assertThatThrownBy(() -> open(serial))
                .isInstanceOf(UsageException.class)
                .hasMessageContaining(words);
        assertThat(calls()).containsExactly("devices");
    }

    @Test
    void isAdvisedToInstallAdbWhereThereIsNone() {
        machine = Folders.machine(folder, Map.of("PATH", folder.toString()));
        assertThatThrownBy(() -> open("")).hasMessageContaining("adb is not installed");
    }

    @Test
    void isFoundInTheSdkToo() throws Exception {
        Files.createDirectories(folder.resolve("sdk"));
        Files.move(folder.resolve("bin"), folder.resolve("sdk/platform-tools"));
        machine = Folders.machine(
                folder, Map.of("ANDROID_HOME", folder.resolve("sdk").toString()));
        open("").close();
        assertThat(calls()).isNotEmpty();
    }

    @Test
    void keepsNothingOfASetUpThatFailed() throws Exception {
        adb("ABC123\\tdevice\\n", "null", "push");
        assertThatThrownBy(() -> open(""))
                .isInstanceOf(UsageException.class)
                .hasMessageContaining("certificate on it failed: adb: error: broken");
        assertThat(calls())
                .contains("-s ABC123 shell settings put global http_proxy :0", "-s ABC123 reverse --remove tcp:5555");
    }

    @Test
    void isPutBackLaterWhereAnEarlierRunLeftItsSetting() throws Exception {
        adb("ABC123\\tdevice\\nLOCKED\\tunauthorized\\n", "127.0.0.1:5555", "");
        assertThat(undo(5555)).contains("removed  proxy settings of Android device ABC123");
        assertThat(calls()).contains("-s ABC123 shell settings put global http_proxy :0");
        assertThat(calls()).noneMatch(call -> call.contains("LOCKED"));
    }

    @Test
    void isLeftAloneWhereTheSettingIsAnothers() throws Exception {
        adb("ABC123\\tdevice\\n", "127.0.0.1:8888", "");
        assertThat(undo(5555)).isEmpty();
        assertThat(calls()).noneMatch(call -> call.contains("put"));
    }

    private String undo(int port) {
        ByteArrayOutputStream written = new ByteArrayOutputStream();
        AndroidLink.undo(machine, port, new PrintStream(written, true, UTF_8));
        return written.toString(UTF_8);
    }
}
