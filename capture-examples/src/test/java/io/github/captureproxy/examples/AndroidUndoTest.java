package io.github.captureproxy.examples;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.DisabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;
import picocli.CommandLine;

/** What a run that was killed has left on devices, and how a later one takes it back */
@DisabledOnOs(value = OS.WINDOWS, disabledReason = "the program in adb's place is a shell script")
class AndroidUndoTest {
    /** No system gives a process this number. */
    private static final AndroidNote.Run KILLED = new AndroidNote.Run(Long.MAX_VALUE, 1);

    private static final AndroidNote NOTE = new AndroidNote("ABC123", 5557, "proxy.example:3128", true, KILLED);

    @TempDir
    Path folder;

    private FakeAdb adb;
    private AndroidNotes notes;

    @BeforeEach
    void leaveTraces() throws IOException {
        adb = new FakeAdb(folder);
        adb.behave("ABC123\\tdevice\\nDEF456\\tdevice\\n", "127.0.0.1:5557", "");
        notes = new AndroidNotes(adb.machine());
        notes.keep(NOTE);
    }

    @Test
    void givesTheDeviceItsOwnProxyBackWhateverThePortWas() throws Exception {
        assertThat(undo())
                .containsExactly("removed  proxy 127.0.0.1:5557 from Android device ABC123; it has its own again, "
                        + "proxy.example:3128");
        assertThat(adb.calls())
                .containsExactly(
                        "devices",
                        "-s ABC123 shell settings get global http_proxy",
                        "-s ABC123 shell settings put global http_proxy proxy.example:3128",
                        "-s ABC123 reverse --remove tcp:5557",
                        "-s ABC123 shell rm -f /sdcard/Download/capture-proxy-ca.crt");
        assertThat(undo()).containsExactly("There is nothing to undo on Android devices.");
    }

    @Test
    void leavesAProxyThatWasSetSince() throws Exception {
        adb.behave("ABC123\\tdevice\\n", "192.0.2.1:8080", "");
        assertThat(undo())
                .containsExactly(
                        "removed  what was left on Android device ABC123, but for its proxy: that is another by "
                                + "now");
        assertThat(adb.calls()).noneMatch(call -> call.contains("settings put"));
        assertThat(notes.all()).isEmpty();
    }

    @Test
    void tellsWhatIsLeftForADeviceThatIsNotReady() throws Exception {
        adb.behave("ABC123\\tunauthorized\\n", "", "");
        assertThat(undo())
                .containsExactly("to do    Android device ABC123 may still have the proxy 127.0.0.1:5557, and it isn't "
                        + "ready: connect and unlock it, and run --undo again; if the device is gone, delete "
                        + notes.file("ABC123"));
        assertThat(notes.all()).containsExactly(NOTE);
    }

    @Test
    void tellsTheCommandWhereTheDeviceDoesNotLetIt() throws Exception {
        adb.behave("ABC123\\tdevice\\n", "127.0.0.1:5557", "put");
        assertThat(undo())
                .containsExactly("to do    adb -s ABC123 shell settings put global http_proxy proxy.example:3128");
        assertThat(notes.all()).containsExactly(NOTE);
    }

    @Test
    void tellsWhatIsMissingWhereAdbIsGoneOrFails() throws Exception {
        adb.behave("", "", "devices");
        assertThat(undo()).singleElement().asString().contains("adb devices failed: adb: error: broken: mend that");
        Files.delete(folder.resolve("bin/adb"));
        assertThat(undo()).singleElement().asString().contains("adb is not installed: install it");
    }

    @Test
    void saysNothingWhereThereIsNothingAndNoAdb() throws Exception {
        notes.forget(NOTE);
        Files.delete(folder.resolve("bin/adb"));
        assertThat(undo()).isEmpty();
    }

    @Test
    void namesANoteThatCannotBeRead() throws Exception {
        Files.writeString(notes.file("ABC123"), "{");
        assertThat(undo()).singleElement().asString().contains(notes.file("ABC123") + " can't be read");
    }

    @Test
    void isDoneByTheNextStartTooWhichSaysSo() throws Exception {
        ByteArrayOutputStream written = new ByteArrayOutputStream();
        Options options = new Options();
        new CommandLine(options).parseArgs("--no-ui", "--android", "ABC123", "--port", "0");
        LiveCapture.start(options, adb.machine(), new PrintStream(written, true, UTF_8), Layout.PLAIN)
                .close();
        assertThat(written.toString(UTF_8))
                .contains("removed  proxy 127.0.0.1:5557 from Android device ABC123; it has its own again")
                .contains("shell settings put global http_proxy proxy.example:3128");
        assertThat(adb.calls())
                .filteredOn(call -> call.contains("settings put"))
                .hasSize(3)
                .startsWith("-s ABC123 shell settings put global http_proxy proxy.example:3128")
                .endsWith("-s ABC123 shell settings put global http_proxy proxy.example:3128");
        assertThat(notes.all()).isEmpty();
    }

    @Test
    void leavesWhatAnOptionForAnotherDeviceDoesNotNeed() throws Exception {
        adb.behave("ABC123\\toffline\\nDEF456\\tdevice\\n", "127.0.0.1:5557", "");
        assertThat(new AndroidUndo(adb.machine()).onReady()).isEmpty();
        assertThat(notes.all()).containsExactly(NOTE);
    }

    /** By the option, as a person gives it. */
    private List<String> undo() {
        ByteArrayOutputStream written = new ByteArrayOutputStream();
        PrintStream out = new PrintStream(written, true, UTF_8);
        int code = new CaptureProxyMain(out, out, adb.machine(), command -> Programs.NOT_FOUND)
                .run("--undo", "--authority", folder.resolve("none").toString());
        assertThat(code).isZero();
        return written.toString(UTF_8)
                .lines()
                .takeWhile(line -> !line.startsWith("There is no authority"))
                .toList();
    }
}
