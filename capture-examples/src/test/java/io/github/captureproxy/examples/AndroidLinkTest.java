package io.github.captureproxy.examples;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Instant;
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
import org.junit.jupiter.params.provider.ValueSource;

/** A device on a cable, with a program in adb's place that notes how it is called */
@DisabledOnOs(value = OS.WINDOWS, disabledReason = "the program in adb's place is a shell script")
class AndroidLinkTest {
    /** No system gives a process this number. */
    private static final AndroidNote.Run KILLED = new AndroidNote.Run(Long.MAX_VALUE, 1);

    @TempDir
    Path folder;

    private FakeAdb adb;
    private Machine machine;
    private AndroidNotes notes;

    @BeforeEach
    void installAdb() throws IOException {
        adb = new FakeAdb(folder);
        machine = adb.machine();
        notes = new AndroidNotes(machine);
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
                        "-s ABC123 shell settings get global http_proxy",
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
    void keepsAProxyThatWasSetOtherwiseMeanwhile() throws Exception {
        AndroidLink link = open("");
        adb.behave("ABC123\\tdevice\\n", "192.0.2.1:3128", "");
        assertThat(link.end()).isEmpty();
        assertThat(calls())
                .contains("-s ABC123 reverse --remove tcp:5555")
                .noneMatch(call -> call.endsWith("http_proxy :0"));
    }

    /** Of a run that was killed, whose setting could not be taken back since. */
    @ParameterizedTest
    @ValueSource(ints = {5555, 5557})
    void givesTheDeviceItsOwnProxyBackWhichAnEarlierRunHasNoted(int port) throws Exception {
        notes.keep(new AndroidNote("ABC123", port, "proxy.example:3128", true, KILLED));
        adb.behave("ABC123\\tdevice\\n", "127.0.0.1:" + port, "");
        open("").close();
        assertThat(Files.readString(folder.resolve("setting"))).isEqualTo("proxy.example:3128\n");
        assertThat(calls()).contains("-s ABC123 reverse --remove tcp:" + port);
        assertThat(notes.find("ABC123")).isEmpty();
    }

    @Test
    void leavesTheNoteOfAnEarlierRunWhereTheProxyCannotBeSet() throws Exception {
        AndroidNote earlier = new AndroidNote("ABC123", 5557, "proxy.example:3128", true, KILLED);
        notes.keep(earlier);
        adb.behave("ABC123\\tdevice\\n", "127.0.0.1:5557", "put");
        assertThatThrownBy(() -> open("")).hasMessageContaining("setting http_proxy failed");
        assertThat(notes.find("ABC123")).contains(earlier);
    }

    @Test
    void forgetsTheNoteOfAnEarlierRunWhereItsProxyIsTakenBackAfterAll() throws Exception {
        notes.keep(new AndroidNote("ABC123", 5557, "proxy.example:3128", true, KILLED));
        adb.behave("ABC123\\tdevice\\n", "127.0.0.1:5557", "push");
        assertThatThrownBy(() -> open("")).hasMessageContaining("certificate on it failed");
        assertThat(Files.readString(folder.resolve("setting"))).isEqualTo("proxy.example:3128\n");
        assertThat(notes.find("ABC123")).isEmpty();
    }

    @Test
    void isNotedWhileItIsOpen() throws Exception {
        AndroidLink link = open("");
        Path noted = notes.file("ABC123");
        assertThat(noted).hasParent(machine.configurationFolder().resolve("android"));
        assertThat(Files.getPosixFilePermissions(noted)).isEqualTo(PosixFilePermissions.fromString("rw-------"));
        link.close();
        assertThat(noted).doesNotExist();
    }

    @Test
    void isNotSetWhereThatCannotBeNoted() throws Exception {
        Folders.file(machine.configurationFolder().resolve("android"), "a file where the folder is to be");
        assertThatThrownBy(() -> open("")).isInstanceOf(UsageException.class).hasMessageContaining("can't be noted in");
        assertThat(calls())
                .contains("-s ABC123 reverse --remove tcp:5555")
                .noneMatch(call -> call.contains("settings put"));
    }

    @Test
    void staysNotedAndSaysSoWhereTheDeviceIsGoneAtItsEnd() throws Exception {
        AndroidLink link = open("");
        adb.behave("", "127.0.0.1:5555", "settings");
        assertThat(link.end())
                .hasValueSatisfying(
                        line -> assertThat(line)
                                .isEqualTo(
                                        "android  ABC123 is gone, and keeps the proxy 127.0.0.1:5555: connect it, and run --undo"));
        assertThat(notes.find("ABC123")).isPresent();
    }

    @Test
    void isRefusedWhereAnotherProcessHasTheDevice() throws Exception {
        Process other = new ProcessBuilder("cat").start(); // which waits until it is ended
        try {
            AndroidNote.Run run = new AndroidNote.Run(
                    other.pid(),
                    other.info().startInstant().map(Instant::toEpochMilli).orElse(0L));
            notes.keep(new AndroidNote("ABC123", 5557, ":0", false, run));
            assertThatThrownBy(() -> open(""))
                    .hasMessage("--android: device ABC123 is in use by another capture proxy, process " + other.pid()
                            + ": end that first");
            assertThat(new AndroidUndo(machine).onReady()).isEmpty();
            assertThat(new AndroidUndo(machine).all())
                    .singleElement()
                    .asString()
                    .contains("is in use by a capture proxy, process " + other.pid());
        } finally {
            other.destroy();
            other.waitFor();
        }
        assertThat(new AndroidUndo(machine).onReady()).hasSize(1);
    }
}
