package io.github.captureproxy.examples.content;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.github.captureproxy.exchange.CapturedBody;
import io.github.captureproxy.exchange.CapturedRequest;
import io.github.captureproxy.exchange.HeaderList;
import io.github.captureproxy.exchange.HttpOrigin;
import org.junit.jupiter.api.Test;

/** Requests become JavaScript that sends them again, and nothing in them becomes code. */
class FetchCodeTest {
    @Test
    void aPostHasItsFieldsAndItsBody() {
        String code = FetchCode.of(request(
                "POST",
                HeaderList.of("Host", "shop.example", "Content-Type", "application/json", "X-A", "1"),
                "{\"a\":\"ü\"}".getBytes(UTF_8)));

        assertThat(code).isEqualTo("""
                await fetch("http://shop.example/orders?x=1", {
                  method: "POST",
                  headers: [
                    ["Content-Type", "application/json"],
                    ["X-A", "1"],
                  ],
                  body: "{\\"a\\":\\"\\u00fc\\"}",
                });
                """);
    }

    @Test
    void bytesThatAreNoTextComeAsBase64() {
        String code = FetchCode.of(request("PUT", HeaderList.empty(), new byte[] {(byte) 0xff, 0}));

        assertThat(code).contains("Uint8Array.from(atob(\"/wA=\"), (c) => c.charCodeAt(0))");
    }

    @Test
    void aGetSendsNoBodyAndSaysSo() {
        assertThat(FetchCode.of(request("GET", HeaderList.empty(), new byte[] {'x'})))
                .startsWith("// The body is left out")
                .doesNotContain("body:");
    }

    @Test
    void nothingEndsTheStringThatItStandsIn() {
        String hostile = "\"</script>\\\u2028\r\n\0${x}";
        String literal = FetchCode.literal(hostile);

        assertThat(literal).isEqualTo("\"\\\"\\u003c/script>\\\\\\u2028\\r\\n\\u0000${x}\"");
    }

    private static CapturedRequest request(String method, HeaderList headers, byte[] body) {
        return new CapturedRequest(
                method,
                "/orders?x=1",
                "HTTP/1.1",
                new HttpOrigin("http", "shop.example", 80),
                headers,
                CapturedBody.of(body),
                HeaderList.empty());
    }
}
