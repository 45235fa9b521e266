package io.github.captureproxy.examples;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.captureproxy.examples.desk.Desk;
import io.github.captureproxy.examples.desk.DeskException;
import io.github.captureproxy.examples.desk.DeskSettings;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.net.Socket;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.DisabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import picocli.CommandLine;

/** A device on a cable, while settings of the page start the proxy anew */
@DisabledOnOs(value = OS.WINDOWS, disabledReason = "the program in adb's place is a shell script")
class PhonesTest {
    @TempDir
    Path folder;

    private final ByteArrayOutputStream written = new ByteArrayOutputStream();
    private final Options options = new Options();
    private FakeAdb adb;
    private Phones phones;

    @BeforeEach
    void installAdb() throws IOException {
        adb = new FakeAdb(folder);
        new CommandLine(options).parseArgs("--android", "--port", "0");
        phones = Phones.of(options, adb.machine(), new PrintStream(written, true, UTF_8), Layout.PLAIN);
    }

    @AfterEach
    void close() {
        phones.close();
    }

    private Desk start() {
        ProxyStarter.Beside beside = new ProxyStarter.Beside(phones, Optional.empty());
        return Desk.start(options.settings(), new ProxyStarter(options, adb.machine(), List.of(), beside));
    }

    /** Settings that need another proxy. */
    private static DeskSettings allowing(DeskSettings settings, String client) {
        return new DeskSettings(
                settings.port(),
                settings.bind(),
                List.of(client),
                settings.login(),
                settings.https(),
                settings.filter());
    }

    /** What adb fails at is a part of a call; "none" is of no call. */
    @ParameterizedTest
    @CsvSource({
        "'', none, no device is attached",
        "'ABC123\\tdevice\\n', devices, adb devices failed",
        "'ABC123\\tdevice\\n', put, setting http_proxy failed"
    })
    void aProxyThatStartsAnewGoesOnWithoutADeviceThatIsGone(String devices, String failing, String words)
            throws Exception {
        try (Desk desk = start()) {
            adb.behave(devices, "null", failing);
            assertThat(desk.change(settings -> allowing(settings, "192.0.2.1"))).isTrue();
            try (Socket client = new Socket(
                    desk.proxy().address().getAddress(), desk.proxy().address().getPort())) {
                assertThat(client.isConnected()).isTrue();
            }
            assertThat(written.toString(UTF_8))
                    .contains(words, "until the proxy starts again, it goes on without the device");
        }
    }

    @Test
    void aDeviceThatIsBackIsLedToTheNextOne() throws Exception {
        try (Desk desk = start()) {
            adb.behave("", "null", "");
            desk.change(settings -> allowing(settings, "192.0.2.1"));
            adb.behave("ABC123\\tdevice\\n", "null", "");
            desk.change(settings -> allowing(settings, "192.0.2.2"));
            assertThat(adb.calls())
                    .endsWith("-s ABC123 shell settings put global http_proxy 127.0.0.1:"
                            + desk.proxy().address().getPort());
        }
    }

    @Test
    void theFirstOneDoesNotStartWithoutADevice() throws Exception {
        adb.behave("", "null", "");
        assertThatThrownBy(this::start).isInstanceOf(DeskException.class).hasMessageContaining("no device is attached");
    }
}
