package io.github.captureproxy.examples;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.file.Files;
import java.nio.file.Path;
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

    private FakeAdb adb;
    private Machine machine;

    @BeforeEach
    void installAdb() throws IOException {
        adb = new FakeAdb(folder);
        machine = adb.machine();
    }

    private List<String> calls() throws IOException {
        return adb.calls();
    }

    private AndroidLink open(String serial) {
        return AndroidLink.open(
                machine,
                Optional.of(serial).filter(it -> !it.isEmpty()),
                new AndroidLink.Ports(5555, 40123),
                Optional.of(Path.of("/home/ca.pem")));
    }

    @Test
    void sendsThroughTheProxyUntilItIsClosed() throws Exception {
        AndroidLink link = open("");
        assertThat(link.lines()).anyMatch(line -> line.contains("ABC123 sends through the proxy"));
        assertThat(calls())
                .containsExactly(
                        "devices",
                        "-s ABC123 shell settings get global http_proxy",
                        "-s ABC123 reverse tcp:5555 tcp:40123",
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
        adb.behave("ABC123\\tdevice\\n", "proxy.example:3128", "");
        open("").close();
        assertThat(calls()).contains("-s ABC123 shell settings put global http_proxy proxy.example:3128");
    }

    @Test
    void isChosenBySerialWhereThereAreSeveral() throws Exception {
        adb.behave("ABC123\\tdevice\\nemulator-5554\\tdevice\\n", "null", "");
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
        adb.behave(devices, "null", "");
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
        adb.behave("ABC123\\tdevice\\n", "null", "push");
        assertThatThrownBy(() -> open(""))
                .isInstanceOf(UsageException.class)
                .hasMessageContaining("certificate on it failed: adb: error: broken");
        assertThat(calls())
                .contains("-s ABC123 shell settings put global http_proxy :0", "-s ABC123 reverse --remove tcp:5555");
    }

    @Test
    void isPutBackLaterWhereAnEarlierRunLeftItsSetting() throws Exception {
        adb.behave("ABC123\\tdevice\\nLOCKED\\tunauthorized\\n", "127.0.0.1:5555", "");
        assertThat(undo(5555)).contains("removed  proxy settings of Android device ABC123");
        assertThat(calls()).contains("-s ABC123 shell settings put global http_proxy :0");
        assertThat(calls()).noneMatch(call -> call.contains("LOCKED"));
    }

    @Test
    void isLeftAloneWhereTheSettingIsAnothers() throws Exception {
        adb.behave("ABC123\\tdevice\\n", "127.0.0.1:8888", "");
        assertThat(undo(5555)).isEmpty();
        assertThat(calls()).noneMatch(call -> call.contains("put"));
    }

    private String undo(int port) {
        ByteArrayOutputStream written = new ByteArrayOutputStream();
        AndroidLink.undo(machine, port, new PrintStream(written, true, UTF_8));
        return written.toString(UTF_8);
    }
}
