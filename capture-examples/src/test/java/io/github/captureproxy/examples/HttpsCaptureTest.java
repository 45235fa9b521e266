package io.github.captureproxy.examples;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.net.ProxySelector;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.cert.X509Certificate;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import picocli.CommandLine;

/** The whole program with {@code --https} but for its process. */
class HttpsCaptureTest {
    private final ByteArrayOutputStream written = new ByteArrayOutputStream();

    @TempDir
    Path folder;

    private SecureOrigin origin;

    @BeforeEach
    void startOrigin() throws Exception {
        origin = SecureOrigin.start(folder);
    }

    @AfterEach
    void stopOrigin() {
        origin.close();
    }

    @Test
    void listsWhatWentThroughTlsForAClientThatTrustsTheAuthority() throws Exception {
        try (LiveCapture capture = start()) {
            assertThat(origin.get(capture.address(), "/secret", authority())).isEqualTo("hello");
        }

        assertThat(lines())
                .anyMatch(line -> line.matches(".* GET +https://localhost:\\d+/secret +200 +text/plain +5 B .*"))
                .noneMatch(line -> line.contains(" CONNECT "))
                .contains("tunnels    1 (1 looked into)");
    }

    @Test
    void aClientThatDoesNotTrustItFailsOnceAndPassesThroughThen() throws Exception {
        try (LiveCapture capture = start()) {
            assertThatThrownBy(() -> origin.get(capture.address(), "/", origin.certificate()))
                    .isInstanceOf(IOException.class);
            assertThat(origin.get(capture.address(), "/", origin.certificate())).isEqualTo("hello");
        }

        assertThat(lines())
                .anyMatch(line -> line.contains(" TLS ") && line.contains("its next connection passes through"))
                .anyMatch(line -> line.contains(" CONNECT ")
                        && line.contains(
                                "this client refused the capture authority's certificate for this site before"))
                .noneMatch(line -> line.contains("https://localhost:"))
                .contains("TLS        1 failed handshake");
    }

    @Test
    void leavesAloneWhatTheRulesSay() throws Exception {
        try (LiveCapture capture = start("--pass-through", "localhost")) {
            assertThat(origin.get(capture.address(), "/", origin.certificate())).isEqualTo("hello");
        }

        assertThat(lines()).anyMatch(line -> line.contains("the rule --pass-through (localhost) matches"));
    }

    @Test
    void anOriginsOneCertificateIsAcceptedByItsFingerprint() throws Exception {
        String pin = "localhost=" + new StoredAuthority(folder, origin.certificate()).fingerprint();
        try (LiveCapture capture = startWith("--port", "0", "--https", "--trust-origin", pin)) {
            assertThat(origin.get(capture.address(), "/pinned", authority())).isEqualTo("hello");
        }

        assertThat(lines()).anyMatch(line -> line.contains("https://localhost:") && line.contains("/pinned "));
    }

    @Test
    void theAuthorityStaysTheSameUntilItIsRenewed() throws Exception {
        startWith("--port", "0", "--https").close();
        X509Certificate first = authority();
        startWith("--port", "0", "--https").close();
        assertThat(authority()).isEqualTo(first);

        startWith("--port", "0", "--https", "--renew").close();

        assertThat(authority()).isNotEqualTo(first);
        assertThat(lines())
                .contains("SHA-256  "
                        + StoredAuthority.in(Folders.machine(folder).configurationFolder())
                                .fingerprint());
    }

    @Test
    void itsOwnAddressHasTheAuthorityForClientsThatUseItAndForOthers() throws Exception {
        try (LiveCapture capture = start()) {
            URI page = URI.create("http://127.0.0.1:" + capture.address().getPort() + "/ca.pem");
            String pem = Files.readString(
                    Folders.machine(folder).configurationFolder().resolve(StoredAuthority.FILE));

            assertThat(body(HttpClient.newHttpClient(), page)).isEqualTo(pem);
            assertThat(body(
                            HttpClient.newBuilder()
                                    .proxy(ProxySelector.of(capture.address()))
                                    .build(),
                            page))
                    .isEqualTo(pem);
        }
    }

    private static String body(HttpClient client, URI page) throws Exception {
        return client.send(HttpRequest.newBuilder(page).build(), HttpResponse.BodyHandlers.ofString())
                .body();
    }

    private X509Certificate authority() throws Exception {
        return StoredAuthority.in(Folders.machine(folder).configurationFolder()).certificate();
    }

    private LiveCapture start(String... arguments) {
        Options options = new Options();
        new CommandLine(options).parseArgs(arguments);
        options.port = 0;
        options.https.https = true;
        options.https.upstreamCa = origin.file();
        return start(options);
    }

    private LiveCapture startWith(String... arguments) {
        Options options = new Options();
        new CommandLine(options).parseArgs(arguments);
        return start(options);
    }

    private LiveCapture start(Options options) {
        return LiveCapture.start(options, Folders.machine(folder), new PrintStream(written, true, UTF_8), Layout.PLAIN);
    }

    private List<String> lines() {
        return written.toString(UTF_8).lines().toList();
    }
}
