package io.github.captureproxy.examples;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assumptions.assumeThat;

import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.Charset;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import picocli.CommandLine;

/** The program with {@code --lan}, asked from this machine, which is always let in; devices are in tests of their own */
class LanCaptureTest {
    private final ByteArrayOutputStream written = new ByteArrayOutputStream();

    @TempDir
    Path home;

    private LiveCapture start(Layout layout, String... arguments) {
        Options options = new Options();
        new CommandLine(options).parseArgs(arguments);
        return LiveCapture.start(options, Folders.machine(home), new PrintStream(written, true, UTF_8), layout);
    }

    private String output() {
        return written.toString(UTF_8);
    }

    @Test
    void tellsWhereADeviceGetsInAndShowsTheSetUpPageThere() throws Exception {
        assumeThat(HomeNetwork.find()).as("this machine has a network").isPresent();
        try (LiveCapture capture = start(Layout.PLAIN, "--no-ui", "--lan", "--port", "0")) {
            assertThat(capture.address().getAddress().isLoopbackAddress()).isTrue();
            String host = HomeNetwork.find().orElseThrow().address();
            String own = output().lines()
                    .filter(line -> line.startsWith("device   open http://" + host + ":"))
                    .findFirst()
                    .orElseThrow();
            assertThat(own).containsPattern("enter the code [0-9A-Z]{4}-[0-9A-Z]{4}$");
            String page = HttpClient.newHttpClient()
                    .send(
                            HttpRequest.newBuilder(URI.create(own.split(" +", -1)[2]))
                                    .build(),
                            HttpResponse.BodyHandlers.ofString())
                    .body();
            assertThat(page).contains("Set this device up", "no certificate to install");
        }
        assertThat(output())
                .contains("for this machine and devices that enter the code, on")
                .doesNotContain("\u2580");
    }

    @Test
    void drawsTheCodeOnATerminalThatHasBlocks() {
        assumeThat(HomeNetwork.find()).as("this machine has a network").isPresent();
        Layout terminal = Layout.terminal(Layout.NARROWEST, false);
        start(terminal, "--no-ui", "--lan", "--port", "0", "--quiet").close();
        String encoding =
                System.getProperty("stdout.encoding", Charset.defaultCharset().name());
        assertThat(output()).contains(encoding.startsWith("UTF") ? "scan this on it" : "device   ");
    }

    @Test
    void needsANetwork() {
        assertThatThrownBy(() ->
                        LanSetup.of("127.0.0.1", Optional.empty(), new PrintStream(written, true, UTF_8), Layout.PLAIN))
                .isInstanceOf(UsageException.class)
                .hasMessageContaining("--lan: this machine has no address on a network");
    }

    @Test
    void listensWhereBindSaysIfThatIsWide() throws Exception {
        try (LiveCapture capture = start(Layout.PLAIN, "--no-ui", "--lan", "--bind", "0.0.0.0", "--port", "0")) {
            assertThat(capture.address().getAddress().isAnyLocalAddress()).isTrue();
        }
    }

    @Test
    void endsTheProxyAgainWhereTheDeviceOnTheCableCannotBeSetUp() {
        assertThatThrownBy(() -> start(Layout.PLAIN, "--no-ui", "--android", "--port", "0"))
                .isInstanceOf(UsageException.class)
                .hasMessageContaining("adb is not installed");
    }

    @Test
    void takesTheSerialOrNone() {
        for (Map.Entry<List<String>, Optional<String>> each : Map.of(
                        List.of("--android"), Optional.<String>empty(), List.of("--android", "X1"), Optional.of("X1"))
                .entrySet()) {
            Options options = new Options();
            new CommandLine(options).parseArgs(each.getKey().toArray(String[]::new));
            assertThat(options.android.isOn()).isTrue();
            assertThat(options.android.serial()).isEqualTo(each.getValue());
        }
    }
}
