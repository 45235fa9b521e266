package io.github.captureproxy.examples;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What the program says to options about HTTPS that it can't use. */
class HttpsOptionsTest {
    private static final String SHA_256 = "00".repeat(32);

    private final ByteArrayOutputStream out = new ByteArrayOutputStream();
    private final ByteArrayOutputStream err = new ByteArrayOutputStream();

    @TempDir
    Path folder;

    @ParameterizedTest
    @ValueSource(
            strings = {
                "--authority x",
                "--renew",
                "--pass-through example.com",
                "--intercept-only *.example.com",
                "--hsts ignore",
                "--preload list.json",
                "--trust-origin example.com=00",
                "--upstream-ca ca.pem"
            })
    void withoutHttpsAnOptionForItIsRefused(String arguments) {
        assertThat(run(arguments.split(" "))).isEqualTo(2);
        assertThat(err.toString(UTF_8).strip())
                .isEqualTo("capture-proxy: " + arguments.replaceFirst(" .*", "")
                        + ": has a meaning with --https alone: give that too");
        assertThat(folder).isEmptyDirectory();
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            --pass-through https://a/b     | --pass-through "https://a/b": "
            --pass-through 10.0.0.0/99     | --pass-through "10.0.0.0/99": "
            --pass-through=                | --pass-through: give a host that is never to be looked into
            --intercept-only=              | --intercept-only "": "" is no rule for hosts
            --intercept-only a:443         | --intercept-only "a:443": "a:443" is no rule for hosts
            --hsts sometimes               | --hsts "sometimes": give adaptive, pass-through or ignore
            --preload=                     | --preload: give a file or a URL
            --preload no-such-file.json    | --preload: the HSTS preload list no-such-file.json cannot be read
            --preload http://127.0.0.1:1/x | --preload: the HSTS preload list http://127.0.0.1:1/x cannot be fetched
            --trust-origin example.com     | --trust-origin "example.com": give it as HOST=SHA256
            --trust-origin example.com=00  | --trust-origin "00": give the SHA-256
            --trust-origin a/b=00          | --trust-origin "a/b": give one exact host name
            --upstream-ca no-such-file.pem | --upstream-ca no-such-file.pem: there is no such file
            --authority=                   | --authority: give a folder
            --check-origins false          | Unknown options: '--check-origins', 'false'
            --insecure                     | Unknown option: '--insecure'
            """)
    void aWrongValueEndsInOneLineAndExitCodeTwo(String arguments, String message) {
        assertThat(run(("--https " + arguments).split(" "))).isEqualTo(2);
        assertThat(err.toString(UTF_8)).startsWith("capture-proxy: " + message).hasLineCount(1);
        assertThat(out.toString(UTF_8)).isEmpty();
    }

    @Test
    void aFileWithoutCertificatesIsNoUpstreamCa() throws Exception {
        Path file = Files.writeString(folder.resolve("ca.pem"), "nothing\n");

        assertThat(run("--https", "--upstream-ca", file.toString())).isEqualTo(2);
        assertThat(err.toString(UTF_8))
                .startsWith("capture-proxy: --upstream-ca " + file + ": holds ")
                .hasLineCount(1);
    }

    @Test
    void aBrokenAuthorityEndsInOneLineThatNamesTheFile() throws Exception {
        Path key = Files.writeString(folder.resolve("ca.key"), "nothing\n");
        assertThat(key.toFile().setReadable(false, false)).isTrue();
        assertThat(key.toFile().setReadable(true, true)).isTrue();

        assertThat(run("--https", "--authority", folder.toString())).isEqualTo(2);
        assertThat(err.toString(UTF_8))
                .contains(key.toString(), "renew the authority")
                .hasLineCount(1);
    }

    @Test
    void helpListsTheOptionsForHttps() {
        assertThat(run("--help")).isZero();
        assertThat(out.toString(UTF_8))
                .contains(
                        "--https",
                        "--authority=DIR",
                        "--renew",
                        "--pass-through=HOST",
                        "--intercept-only=HOST",
                        "--hsts=MODE",
                        "--preload=FILE-OR-URL",
                        "--trust-origin=HOST=SHA256",
                        "--upstream-ca=FILE",
                        "--undo");
    }

    @Test
    void goodValuesAreTaken() {
        assertThat(run(
                        "--port",
                        "70000", // so that it ends
                        "--https",
                        "--pass-through",
                        "*.example.com",
                        "--intercept-only",
                        "10.0.0.0/8",
                        "--hsts",
                        "pass-through",
                        "--trust-origin",
                        "example.com=" + SHA_256))
                .isEqualTo(2);
        assertThat(err.toString(UTF_8)).startsWith("capture-proxy: --port 70000: ");
    }

    private int run(String... arguments) {
        return new CaptureProxyMain(
                        new PrintStream(out, true, UTF_8),
                        new PrintStream(err, true, UTF_8),
                        Folders.machine(folder),
                        command -> Programs.NOT_FOUND)
                .run(arguments);
    }
}
