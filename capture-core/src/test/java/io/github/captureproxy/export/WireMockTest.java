package io.github.captureproxy.export;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.captureproxy.exchange.CapturedBody;
import io.github.captureproxy.exchange.CapturedRequest;
import io.github.captureproxy.exchange.CapturedResponse;
import io.github.captureproxy.exchange.Exchange;
import io.github.captureproxy.exchange.Header;
import io.github.captureproxy.exchange.HeaderList;
import io.github.captureproxy.exchange.HttpOrigin;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** WireMock itself serves the stubs that are written for it. */
class WireMockTest {
    private static final HttpOrigin ORIGIN = new HttpOrigin("http", "example.com", 80);

    /** Targets that the client of this test can't send, and a broken form, on which WireMock itself fails. */
    private static final Set<String> NOT_SENT =
            Set.of("again", "brackets", "quotes", "variable", "raw", "dots", "form-again");

    @TempDir
    private static Path folder;

    private static Process wireMock;
    private static String server;
    private static List<Exchange> exchanges;

    private final HttpClient client = HttpClient.newHttpClient();

    @BeforeAll
    static void start() throws Exception {
        Path packages = NodePackages.installed();
        exchanges = new ArrayList<>(HostileExchanges.at(ORIGIN));
        exchanges.add(otherAnswerTo(HostileExchanges.named("json", exchanges)));
        Path mappings = Files.createDirectories(folder.resolve("mappings"));
        Export.wireMock().redact(Redaction.none()).write(exchanges, mappings.resolve("hostile.json"));
        Export.wireMock().write(secrets(), mappings.resolve("redacted.json"));
        wireMock = new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "-XX:TieredStopAtLevel=1",
                        "-jar",
                        packages.resolve("node_modules/wiremock/build/wiremock-standalone-3.13.2.jar")
                                .toString(),
                        "--port",
                        "0",
                        "--bind-address",
                        "127.0.0.1",
                        "--disable-banner",
                        "--root-dir",
                        folder.toString())
                .redirectErrorStream(true)
                .start();
        server = "http://127.0.0.1:" + port();
    }

    /** Requests that hold secrets in each place that a stub looks at. */
    private static List<Exchange> secrets() {
        List<Exchange> made = new ArrayList<>();
        for (String[] request : new String[][] {
            {"/s/query?token=s3&x=1", "", ""},
            {"/s/again?token=s3&token=s4", "", ""},
            {"/s/path;jsessionid=s3", "", ""},
            {"/s/json", "application/json", "{\"a\":[{\"password\":\"s3\"}],\"b\":1}"},
            {"/s/form", "application/x-www-form-urlencoded", "password=s3&b=(1)"},
        }) {
            HeaderList headers = request[1].isEmpty() ? HeaderList.empty() : HeaderList.of("Content-Type", request[1]);
            CapturedBody body = CapturedBody.of(request[2].getBytes(UTF_8), headers);
            made.add(exchange(request[0], headers, body));
        }
        return made;
    }

    private static Exchange exchange(String target, HeaderList headers, CapturedBody body) {
        Exchange any = HostileExchanges.named("plain", exchanges);
        return Exchange.builder(
                        1,
                        any.client(),
                        new CapturedRequest("POST", target, "HTTP/1.1", ORIGIN, headers, body, HeaderList.empty()))
                .response(any.response().orElseThrow())
                .build();
    }

    private static Exchange otherAnswerTo(Exchange exchange) {
        CapturedResponse other = new CapturedResponse(
                500,
                "",
                "HTTP/1.1",
                exchange.request().trailers(),
                CapturedBody.empty(),
                exchange.request().trailers());
        return Exchange.builder(99, exchange.client(), exchange.request())
                .response(other)
                .build();
    }

    private static String port() throws IOException {
        BufferedReader said = new BufferedReader(new InputStreamReader(wireMock.getInputStream(), UTF_8));
        StringBuilder all = new StringBuilder();
        for (String line = said.readLine(); line != null; line = said.readLine()) {
            all.append(line).append('\n');
            if (line.startsWith("port:")) {
                return line.substring("port:".length()).strip();
            }
        }
        throw new IOException("WireMock did not start: " + all);
    }

    @AfterAll
    static void stop() {
        if (wireMock != null) {
            wireMock.destroyForcibly();
        }
    }

    @Test
    void aSecretThatWasRedactedIsAsGoodAsAnother() throws Exception {
        assertThat(status("/s/query?token=other&x=1", "")).isEqualTo(200);
        assertThat(status("/s/query?token=other&x=2", "")).isEqualTo(404);
        assertThat(status("/s/again?token=other&token=another", "")).isEqualTo(200);
        assertThat(status("/s/path;jsessionid=other", "")).isEqualTo(200);
        assertThat(status("/s/elsewhere;jsessionid=other", "")).isEqualTo(404);
        assertThat(status("/s/json", "{\"a\":[{\"password\":\"other\"}],\"b\":1}"))
                .isEqualTo(200);
        assertThat(status("/s/json", "{\"a\":[{\"password\":\"other\"}],\"b\":2}"))
                .isEqualTo(404);
        assertThat(status("/s/form", "password=other&b=(1)")).isEqualTo(200);
        assertThat(status("/s/form", "password=other&b=2")).isEqualTo(404);
    }

    private int status(String target, String body) throws IOException, InterruptedException {
        HttpRequest request = HttpRequest.newBuilder(URI.create(server + target))
                .POST(BodyPublishers.ofString(body))
                .build();
        return client.send(request, BodyHandlers.discarding()).statusCode();
    }

    @Test
    void answersAsTheOriginDid() throws Exception {
        int compared = 0;
        for (Exchange exchange : exchanges.subList(0, exchanges.size() - 1)) {
            String name = HostileExchanges.name(exchange).replaceAll("[^a-z-].*", "");
            if (NOT_SENT.contains(name)
                    || Remarks.unrepeatable(exchange.request()).isPresent()
                    || exchange.response().isEmpty()
                    || exchange.upgradedTo().isPresent()) {
                continue;
            }
            HttpResponse<byte[]> answer =
                    send(exchange.request(), exchange.request().body().bytes());
            CapturedResponse captured = exchange.response().orElseThrow();
            assertThat(answer.statusCode()).as(name).isEqualTo(captured.status());
            assertThat(answer.body())
                    .as(name)
                    .isEqualTo(
                            name.equals("broken-gzip")
                                    ? captured.body().bytes()
                                    : captured.body().decoded());
            for (Header field : captured.headers()) {
                if (field.name().matches("(?i)set-cookie|content-type|x-twice")) {
                    assertThat(answer.headers().allValues(field.name()))
                            .as(name)
                            .contains(field.value());
                }
            }
            compared++;
        }
        assertThat(compared).isGreaterThan(25);
    }

    @Test
    void wantsTheSameJsonButNotTheSameText() throws Exception {
        CapturedRequest json = HostileExchanges.named("json", exchanges).request();
        String same = HostileExchanges.JSON.replace("{\"sku\": 7, ", "{ \"sku\":7,\n");

        assertThat(send(json, same.getBytes(UTF_8)).statusCode()).isEqualTo(200);
        assertThat(send(json, same.replace("7", "8").getBytes(UTF_8)).statusCode())
                .isEqualTo(404);
    }

    @Test
    void breaksOffWhereTheOriginDid() throws Exception {
        CapturedRequest unanswered =
                HostileExchanges.named("unanswered", exchanges).request();

        assertThatThrownBy(() -> send(unanswered, new byte[0])).isInstanceOf(IOException.class);
    }

    private HttpResponse<byte[]> send(CapturedRequest request, byte[] body) throws Exception {
        HttpRequest.Builder builder = HttpRequest.newBuilder(URI.create(server + request.target()))
                .version(HttpClient.Version.HTTP_1_1)
                .method(
                        request.method(),
                        body.length == 0 ? BodyPublishers.noBody() : BodyPublishers.ofByteArray(body));
        request.headers().first("content-type").ifPresent(type -> builder.header("Content-Type", type));
        request.headers().first("content-encoding").ifPresent(coding -> builder.header("Content-Encoding", coding));
        return client.send(builder.build(), BodyHandlers.ofByteArray());
    }
}
