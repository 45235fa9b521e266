package io.github.captureproxy.examples;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.github.captureproxy.CaptureProxy;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What the program says to options that it can't use, and how it ends. */
class OptionsTest {
    private final ByteArrayOutputStream out = new ByteArrayOutputStream();
    private final ByteArrayOutputStream err = new ByteArrayOutputStream();

    @TempDir
    Path home;

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            --port 70000           | --port 70000: give 1 to 65535, or 0 for a free one
            --port many            | Invalid value for option '--port': 'many' is not an int
            --colour               | Unknown option: '--colour'
            surplus                | Unmatched argument at index 0: 'surplus'
            --allow here           | --allow "here": "here" is not an IPv4 or IPv6 address
            --auth me              | --auth: give it as user:password
            --auth :secret         | --auth: give it as user:password
            --upstream socks5://h  | --upstream: "socks5://h"
            --bind 0.0.0.0         | --bind 0.0.0.0: other machines can reach this address
            --bind ::              | --bind ::: other machines can reach this address
            --bind 198.51.100.7 --auth a:b | 198.51.100.7 is not an address of this machine
            --bind 198.51.100.7    | 198.51.100.7 is not an address of this machine
            --url-contains=        | --url-contains: give a text
            --method=              | --method: give a method
            --ui-port 70000        | --ui-port 70000: give 1 to 65535, or 0 for a free one
            --ui-port -1           | --ui-port -1: give 1 to 65535, or 0 for a free one
            --history=             | --history: give a file
            --browser --profile=   | --profile: give a folder
            --filter hots:a        | --filter: filter, character 1: unknown key 'hots': did you mean 'host'?
            """)
    void aWrongOptionEndsInOneLineAndExitCodeTwo(String arguments, String message) {
        assertThat(run(Map.of(), arguments.split(" "))).isEqualTo(2);
        assertThat(err.toString(UTF_8)).startsWith("capture-proxy: " + message).hasLineCount(1);
        assertThat(out.toString(UTF_8)).isEmpty();
    }

    @Test
    void aWideBindNamesTheOptionsThatMakeItSafe() {
        run(Map.of(), "--bind", "0.0.0.0");

        assertThat(err.toString(UTF_8)).contains("--allow 192.168.1.0/24", "--auth user:password");
    }

    @Test
    void aBusyPortEndsInOneLineAndExitCodeTwo() {
        try (CaptureProxy other = CaptureProxy.builder().port(0).start()) {
            String port = String.valueOf(other.port());

            assertThat(run(Map.of(), "--port", port)).isEqualTo(2);
            assertThat(err.toString(UTF_8).strip())
                    .isEqualTo("capture-proxy: port " + port + " on 127.0.0.1 is in use: stop what listens there, or "
                            + "choose another with --port");
        }
    }

    @Test
    void anUpstreamProxyThatIsTheProxyItselfIsRefused() throws IOException {
        String port;
        try (ServerSocket free = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            port = String.valueOf(free.getLocalPort());
        }
        assertThat(run(Map.of(), "--port", port, "--upstream", "http://me:s3cret@localhost:" + port))
                .isEqualTo(2);
        assertThat(err.toString(UTF_8))
                .startsWith("capture-proxy: --upstream http://***@localhost:" + port + ": this is the proxy itself")
                .hasLineCount(1);
    }

    @Test
    void aPasswordIsNeverShown() {
        run(Map.of(), "--upstream", "socks5://me:s3cret@host:1", "--auth", "me:s3cret");
        run(Map.of(Options.AUTH_VARIABLE, "s3cret"));
        run(Map.of(), "--port", "70000", "--auth", "me:s3cret\u0001");

        assertThat(err.toString(UTF_8)).hasLineCount(3).doesNotContain("s3cret");
    }

    @Test
    void helpListsTheOptionsAndEndsWell() {
        assertThat(run(Map.of(), "--help")).isZero();
        assertThat(out.toString(UTF_8))
                .contains(
                        "--port",
                        "--bind",
                        "--allow",
                        "--auth",
                        "--allow-local-targets",
                        "--upstream",
                        "--url-contains",
                        "--method",
                        "--filter",
                        "--quiet")
                .contains(Options.AUTH_VARIABLE);
    }

    @Test
    void anIpv6AddressIsShownInItsShortForm() {
        assertThat(run(Map.of(), "--bind", "2001:db8:0:0:0:0:0:7", "--auth", "a:b"))
                .isEqualTo(2);
        assertThat(err.toString(UTF_8)).startsWith("capture-proxy: 2001:db8::7 is not an address of this machine");
    }

    @Test
    void theVersionIsShown() {
        assertThat(run(Map.of(), "--version")).isZero();
        assertThat(out.toString(UTF_8)).startsWith("capture-proxy ");
    }

    private int run(Map<String, String> environment, String... arguments) {
        return new CaptureProxyMain(
                        new PrintStream(out, true, UTF_8),
                        new PrintStream(err, true, UTF_8),
                        Folders.machine(home, environment),
                        command -> Programs.NOT_FOUND)
                .run(arguments);
    }
}
