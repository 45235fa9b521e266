package io.github.captureproxy.examples;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assumptions.assumeThat;

import io.github.captureproxy.CaptureProxy;
import java.io.BufferedReader;
import java.io.IOException;
import java.net.InetAddress;
import java.net.Socket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.condition.DisabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;

/** The program as a process of its own: how it ends, and what it does with HTTPS. */
@Timeout(60)
class ProcessTest {
    private static final int SIGINT = 2;
    private static final int KILLED_BY_SIGNAL = 128;

    @TempDir
    Path folder;

    private Process process;

    @AfterEach
    void end() {
        process.destroyForcibly();
    }

    @Test
    @DisabledOnOs(OS.WINDOWS)
    void anInterruptWritesTheTotalsAndNothingToStandardError() throws Exception {
        start("--port", "0");
        BufferedReader out = process.inputReader(UTF_8);
        String first = AppProcess.readTo(out, line -> line.startsWith("Capture Proxy listens on "));
        int port = Integer.parseInt(first.replaceFirst(".*:(\\d+),.*", "$1"));
        AppProcess.readTo(out, line -> line.contains("Ctrl-C"));
        try (Socket client = new Socket(InetAddress.getLoopbackAddress(), port)) {
            client.getOutputStream().write("GET / HTTP/1.1\r\n\r\n".getBytes(UTF_8));
            AppProcess.readTo(out, line -> line.contains("malformed request"));
        }

        int signal = interrupt();

        List<String> rest = out.lines().toList();
        assertThat(process.waitFor()).isEqualTo(KILLED_BY_SIGNAL + signal);
        assertThat(rest).contains("Totals", "exchanges  1 (1 x 4xx)", "failures   1 (1 malformed request)");
        assertThat(errors()).isEmpty();
    }

    @Test
    void aBusyPortEndsTheProcessWithExitCodeTwoAndOneLine() throws Exception {
        try (CaptureProxy other = CaptureProxy.builder().port(0).start()) {
            start("--port", String.valueOf(other.port()));

            assertThat(process.waitFor()).isEqualTo(2);
            assertThat(errors()).hasSize(1).first().asString().contains(other.port() + " on 127.0.0.1 is in use");
        }
    }

    @Test
    void curlThatIsGivenTheAuthorityIsLookedInto() throws Exception {
        assumeThat(hasCurl()).as("curl is installed").isTrue();
        Path authority = folder.resolve("authority");
        try (SecureOrigin origin = SecureOrigin.start(folder)) {
            start(
                    "--port",
                    "0",
                    "--https",
                    "--authority",
                    authority.toString(),
                    "--upstream-ca",
                    origin.file().toString());
            BufferedReader out = process.inputReader(UTF_8);
            String proxy = AppProcess.readTo(out, line -> line.startsWith("curl "))
                    .replaceFirst(".* -x (http://\\S+) .*", "$1");
            AppProcess.readTo(out, line -> line.contains("Ctrl-C"));

            assertThat(curl(proxy, authority.resolve("ca.pem"), origin.url("/first")))
                    .isEqualTo("hello");
            String line = AppProcess.readTo(out, text -> text.contains(" GET "));

            assertThat(line).contains(origin.url("/first") + " ", " 200 ", " text/plain ");
            assertThat(errors()).isEmpty();
        }
    }

    @Test
    void withoutHttpsNothingOfBouncyCastleIsLoaded() throws Exception {
        Path loaded = folder.resolve("loaded");
        start(List.of("-Xlog:class+load:file=" + loaded), "--port", "0");
        BufferedReader out = process.inputReader(UTF_8);
        AppProcess.readTo(out, line -> line.contains("Ctrl-C"));
        process.destroy();
        process.waitFor();

        assertThat(Files.readString(loaded))
                .contains(CaptureProxyMain.class.getName())
                .doesNotContain("org.bouncycastle");
    }

    private static boolean hasCurl() throws Exception {
        try {
            return new ProcessBuilder("curl", "--version")
                            .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                            .start()
                            .waitFor()
                    == 0;
        } catch (IOException e) {
            return false;
        }
    }

    private static String curl(String proxy, Path trusted, String url) throws Exception {
        Process curl = new ProcessBuilder(
                        "curl",
                        "-q",
                        "-sS",
                        "-m",
                        "30",
                        "--noproxy",
                        "",
                        "-x",
                        proxy,
                        "--cacert",
                        trusted.toString(),
                        url)
                .redirectErrorStream(true)
                .start();
        String written = new String(curl.getInputStream().readAllBytes(), UTF_8);
        assertThat(curl.waitFor()).as(written).isZero();
        return written;
    }

    private void start(String... arguments) throws IOException {
        start(List.of(), arguments);
    }

    private void start(List<String> jvm, String... arguments) throws IOException {
        process = AppProcess.of(jvm, List.of(arguments), folder.resolve("err")).start();
    }

    private List<String> errors() throws IOException {
        return Files.readAllLines(folder.resolve("err"));
    }

    /** Sends what Ctrl-C sends; a build in the background makes its children deaf to that, so then SIGTERM. */
    private int interrupt() throws Exception {
        int signal = ignoresInterrupts() ? 15 : SIGINT;
        Process kill = new ProcessBuilder("kill", "-" + signal, String.valueOf(process.pid())).start();
        assertThat(kill.waitFor(10, TimeUnit.SECONDS)).isTrue();
        assertThat(kill.exitValue()).isZero();
        return signal;
    }

    private boolean ignoresInterrupts() throws IOException {
        Path status = Path.of("/proc", String.valueOf(process.pid()), "status");
        if (!Files.exists(status)) {
            return false;
        }
        return Files.readAllLines(status).stream()
                .filter(line -> line.startsWith("SigIgn:"))
                .anyMatch(line -> (Long.parseUnsignedLong(line.substring(7).strip(), 16) & 1L << (SIGINT - 1)) != 0);
    }
}
