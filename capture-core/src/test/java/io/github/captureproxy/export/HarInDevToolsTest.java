package io.github.captureproxy.export;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import com.fasterxml.jackson.core.io.JsonStringEncoder;
import io.github.captureproxy.exchange.Exchange;
import io.github.captureproxy.exchange.HttpOrigin;
import java.io.ByteArrayOutputStream;
import java.nio.file.Path;
import java.util.Base64;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The importer of Chromium's own developer tools reads what is exported: one entry that it can't read ends it all. */
class HarInDevToolsTest {
    private static final Set<String> TOO_LARGE_TO_SEND = Set.of("huge", "download");

    /** What the network panel does with a file, and what it then shows of each request. */
    private static final String IMPORT = """
            (async () => {
              const har = await import('devtools://devtools/bundled/models/har/har.js');
              const root = new har.HARFormat.HARRoot(JSON.parse(text));
              const lines = [];
              for (const request of har.Importer.Importer.requestsFromHARLog(root.log)) {
                const content = await request.requestContentData();
                const body = content.isTextContent ? content.text : content.base64;
                lines.push([request.requestMethod, request.url(), request.statusCode, request.frames().length, body].join(' '));
              }
              return lines;
            })()
            """;

    @TempDir
    private Path home;

    @Test
    void allExchangesAreShownWithTheirBodies() throws Exception {
        assumeTrue(OtherProgram.isInstalled("chromium"), "chromium is not installed");
        List<Exchange> exchanges = HostileExchanges.at(new HttpOrigin("https", "example.com", 443)).stream()
                .filter(exchange -> !TOO_LARGE_TO_SEND.contains(HostileExchanges.name(exchange)))
                .toList();
        ByteArrayOutputStream har = new ByteArrayOutputStream();
        Export.har().redact(Redaction.none()).write(exchanges, har);

        String shown;
        try (DevTools tools = DevTools.start(home)) {
            tools.evaluate(quoted("globalThis.text = " + quoted(har.toString(UTF_8)) + "; 1"));
            shown = tools.evaluate(quoted(IMPORT));
        }

        String image = Base64.getEncoder().encodeToString(HostileExchanges.BINARY);
        assertThat(shown)
                .contains("\"GET https://example.com/h/plain 200 0 hello\"")
                .contains("\"GET https://example.com/h/image 200 0 " + image + "\"")
                .contains("\"GET https://example.com/h/partial 200 0 ten bytes!\"")
                .contains("\"GET https://example.com/h/unanswered 0 0 \"")
                .contains("\"GET https://example.com/h/websocket 101 2 \"");
        assertThat(shown.split("https?://(example\\.com|unknown\\.invalid)/", -1))
                .hasSize(1 + exchanges.size());
    }

    private static String quoted(String text) {
        return '"' + new String(JsonStringEncoder.getInstance().quoteAsString(text)) + '"';
    }
}
