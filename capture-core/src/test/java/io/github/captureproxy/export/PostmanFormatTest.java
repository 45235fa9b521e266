package io.github.captureproxy.export;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.github.captureproxy.exchange.CapturedBody;
import io.github.captureproxy.exchange.CapturedRequest;
import io.github.captureproxy.exchange.CapturedResponse;
import io.github.captureproxy.exchange.ClientInfo;
import io.github.captureproxy.exchange.Exchange;
import io.github.captureproxy.exchange.HeaderList;
import io.github.captureproxy.exchange.HttpOrigin;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What is in a collection, and where. */
class PostmanFormatTest {
    private static final HttpOrigin SHOP = new HttpOrigin("https", "shop.example.com", 443);
    private static final HttpOrigin OTHER = new HttpOrigin("http", "10.0.0.1", 8080);

    private final PostmanFormat postman = Export.postman("calls").redact(Redaction.none());

    private static Exchange call(HttpOrigin origin, String target, String body, int status) {
        HeaderList json = HeaderList.of("Content-Type", "application/json");
        CapturedRequest request = new CapturedRequest(
                "POST",
                target,
                "HTTP/1.1",
                origin,
                json,
                CapturedBody.of(body.getBytes(UTF_8), json),
                HeaderList.empty());
        ClientInfo client =
                new ClientInfo(new InetSocketAddress(InetAddress.getLoopbackAddress(), 1), 1, "main", Optional.empty());
        return Exchange.builder(1, client, request)
                .response(new CapturedResponse(
                        status, "", "HTTP/1.1", json, CapturedBody.of("[]".getBytes(UTF_8), json), HeaderList.empty()))
                .build();
    }

    private static String written(PostmanFormat format, Iterable<Exchange> exchanges) throws IOException {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        format.write(exchanges, out);
        return out.toString(UTF_8);
    }

    @Test
    void repeatsAreOneItemWithSeveralExamples() throws IOException {
        String collection = written(
                postman,
                List.of(
                        call(SHOP, "/v1/orders/new?a=1", "[1]", 201),
                        call(SHOP, "/v1/orders/new?a=2", "[2]", 409),
                        call(SHOP, "/v1", "[3]", 200)));

        assertThat(collection)
                .containsOnlyOnce(
                        "{\"name\":\"shop.example.com\",\"item\":[{\"name\":\"v1\",\"item\":[{\"name\":\"orders\",\"item\":"
                                + "[{\"name\":\"/v1/orders/new\",\"request\":{\"method\":\"POST\"")
                .containsOnlyOnce("\"code\":201")
                .containsOnlyOnce("\"code\":409")
                .containsOnlyOnce("\"name\":\"/v1\"");
        assertThat(collection.split("\\{\\{baseUrl}}/v1/orders/new\\?a=1", -1))
                .as("request and example")
                .hasSize(3);
        assertThat(collection.split("\\{\\{baseUrl}}/v1/orders/new\\?a=2", -1))
                .as("example alone")
                .hasSize(2);
    }

    @Test
    void eachDomainHasItsVariable() throws IOException {
        String collection = written(postman, List.of(call(SHOP, "/a", "", 200), call(OTHER, "/a", "", 200)));

        assertThat(collection)
                .contains("\"url\":\"{{baseUrl}}/a\"", "\"url\":\"{{baseUrl_10_0_0_1}}/a\"")
                .endsWith(
                        "\"variable\":[{\"key\":\"baseUrl\",\"value\":\"https://shop.example.com\",\"type\":\"string\"},"
                                + "{\"key\":\"baseUrl_10_0_0_1\",\"value\":\"http://10.0.0.1:8080\",\"type\":\"string\"}]}");
    }

    @Test
    void examplesAndTheWholeAreBounded() throws IOException {
        String repeated = written(postman, Collections.nCopies(50, call(SHOP, "/a", "[1]", 200)));
        Exchange large = call(SHOP, "/a", "\"" + "x".repeat(900_000) + "\"", 200);

        String collection = written(postman.byTime(), Collections.nCopies(30, large));

        assertThat(repeated.split("originalRequest", -1)).hasSize(1 + 20);
        assertThat(collection.length()).isBetween(32 * 1024 * 1024, 35 * 1024 * 1024);
        assertThat(collection).containsOnlyOnce("\"description\":\"Left out for the collection's size: 11.\"");
    }

    @Test
    void aFileIsWholeAfterEachFlush(@TempDir Path folder) throws IOException {
        Path file = folder.resolve("calls.json");
        Exchange call = call(SHOP, "/a", "[1]", 200);
        try (ExchangeWriter writer = postman.open(file)) {
            assertThat(Files.readString(file)).isEqualTo(written(postman, List.of()));
            writer.write(call);
            writer.flush();

            assertThat(Files.readString(file)).isEqualTo(written(postman, List.of(call)));
        }
        assertThat(Files.readString(file)).isEqualTo(written(postman, List.of(call)));
    }

    @Test
    void secretsAreRedactedUnlessToldOtherwise() throws IOException {
        Exchange call = call(SHOP, "/a?access_token=hunter2", "{\"password\":\"hunter2\"}", 200);

        assertThat(written(postman, List.of(call))).contains("hunter2");
        assertThat(written(Export.postman("calls"), List.of(call)))
                .contains("redacted-")
                .doesNotContain("hunter2");
        assertThat(Export.curl(Shell.BASH).text(call)).contains("redacted-").doesNotContain("hunter2");
        assertThat(Export.rawHttp().text(call)).contains("redacted-").doesNotContain("hunter2");
        assertThat(Export.javaCode().snippet(call)).contains("redacted-").doesNotContain("hunter2");
    }
}
