package io.github.captureproxy.examples;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.captureproxy.testkit.RecordingOrigin;
import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ProxySelector;
import java.net.ServerSocket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.DisabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;
import picocli.CommandLine;

/** The program with {@code --android}: the device comes in from the loopback, and is another machine all the same */
@DisabledOnOs(value = OS.WINDOWS, disabledReason = "the program in adb's place is a shell script")
class AndroidCaptureTest {
    @TempDir
    Path folder;

    private final ByteArrayOutputStream written = new ByteArrayOutputStream();

    private LiveCapture start(FakeAdb adb, String... arguments) {
        Options options = new Options();
        new CommandLine(options).parseArgs(arguments);
        return LiveCapture.start(options, adb.machine(), new PrintStream(written, true, UTF_8), Layout.PLAIN);
    }

    private static int status(InetSocketAddress proxy, String target) throws Exception {
        return HttpClient.newBuilder()
                .proxy(ProxySelector.of(proxy))
                .build()
                .send(HttpRequest.newBuilder(URI.create(target)).build(), HttpResponse.BodyHandlers.discarding())
                .statusCode();
    }

    @Test
    void leadsTheCableToAnAddressWhoseClientsAreKeptFromThisMachinesServices() throws Exception {
        FakeAdb adb = new FakeAdb(folder);
        try (RecordingOrigin service = RecordingOrigin.start();
                LiveCapture capture = start(adb, "--no-ui", "--android", "--port", "0")) {
            InetSocketAddress cable = capture.proxy().addresses().get("android");
            assertThat(cable.getAddress().isLoopbackAddress()).isTrue();
            assertThat(adb.calls())
                    .contains("-s ABC123 reverse tcp:" + capture.address().getPort() + " tcp:" + cable.getPort());
            assertThat(status(capture.address(), service.url("/hello"))).isEqualTo(200);
            assertThat(status(cable, service.url("/hello"))).isEqualTo(403);
        }
        assertThat(written.toString(UTF_8)).contains("ABC123 sends through the proxy", "its label is android");
    }

    @Test
    void letsTheDeviceReachThemWhereThatIsAskedFor() throws Exception {
        try (RecordingOrigin service = RecordingOrigin.start();
                LiveCapture capture =
                        start(new FakeAdb(folder), "--no-ui", "--android", "--port", "0", "--allow-local-targets")) {
            assertThat(status(capture.proxy().addresses().get("android"), service.url("/hello")))
                    .isEqualTo(200);
        }
    }

    @Test
    void tellsOtherClientsNothingOfTheAddress() throws Exception {
        try (LiveCapture capture = start(new FakeAdb(folder), "--no-ui", "--android", "--port", "0")) {
            assertThat(capture.proxy().addresses().keySet()).isEqualTo(Set.of("default", "android"));
            assertThat(Place.of(capture.proxy()))
                    .extracting(Place::port)
                    .containsExactly(capture.address().getPort());
        }
    }

    /** When adb's server starts, it takes whatever listens on some ports for an emulator. */
    @Test
    void hasAdbLookForDevicesBeforeTheProxyListens() throws Exception {
        FakeAdb adb = new FakeAdb(folder);
        try (ServerSocket taken = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            String port = String.valueOf(taken.getLocalPort());
            assertThatThrownBy(() -> start(adb, "--no-ui", "--android", "--port", port))
                    .isInstanceOf(UsageException.class)
                    .hasMessageContaining("is in use");
        }
        assertThat(adb.calls()).containsExactly("devices");
    }
}
