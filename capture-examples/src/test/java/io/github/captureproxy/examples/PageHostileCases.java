package io.github.captureproxy.examples;

import static io.github.captureproxy.examples.DemoOrigin.SCRIPT;
import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** What was made to harm whoever looks at it: it shows as text, and breaks nothing. After each test the page is fine. */
interface PageHostileCases extends PageCases {
    String PICTURE = "<img src=x onerror=top.owned=1>";

    @Test
    default void aScriptInAUrlIsText() throws Exception {
        hostile().pass("/in-url/" + SCRIPT + "?q=\"><svg/onload=top.owned=1>", "", "HTTP/1.1 200 OK\r\n\r\n");
        browser().list("path:/in-url/**");
        browser().seeText("[data-row] .cell-path", SCRIPT);
        browser().openDetail("/in-url/" + SCRIPT);
        browser().tab("request", "query");
        browser().seeText("[aria-label='Query parameters']", "\"><svg/onload");
        browser().tab("overview");
        browser().seeText("#detail-panel", SCRIPT);
    }

    @Test
    default void scriptsInHeaderFieldsAreText() throws Exception {
        String fields = "X-Script: " + SCRIPT + "\r\nSet-Cookie: owner=" + PICTURE + "; Path=/\r\n"
                + "Content-Type: text/html;" + SCRIPT + "\r\nLocation: javascript:top.owned=1\r\n";
        hostile()
                .pass(
                        "/in-headers",
                        "Cookie: a=" + SCRIPT + "\r\n",
                        "HTTP/1.1 302 " + PICTURE + "\r\n" + fields + "Content-Length: 0\r\n\r\n");
        open("/in-headers");
        browser().seeText(".facts-line", "302 " + PICTURE);
        browser().tab("response", "headers");
        browser().seeText("[aria-label='Header fields']", SCRIPT);
        browser().seeText("[aria-label='Header fields']", "javascript:top.owned=1");
        browser().tab("cookies");
        browser().seeText("[aria-label=Cookies]", PICTURE);
        assertThat(browser().texts("a[href^='javascript:']")).isEmpty();
        browser().show("cookies");
        browser().click("[data-domain='127.0.0.1']");
        browser().click("[data-cookie=owner] [data-action=show]");
        browser().seeText("[data-cookie=owner]", PICTURE);
    }

    @Test
    default void aFieldNameThatIsNoneIsRefusedAndTold() throws Exception {
        assertThat(hostile().refused("/in-name", "X-" + PICTURE + ": 1\r\n")).startsWith("HTTP/1.1 400 ");
        open("/in-name");
        browser().seeText(".detail-head .problem", "broke the rules");
    }

    @Test
    default void scriptsInBodiesAreText() throws Exception {
        String json = "{\"" + SCRIPT + "\":\"" + PICTURE + "\",\"__proto__\":{\"owned\":1},\"constructor\":null}";
        hostile().answer("/json", "Content-Type: application/json\r\n", json);
        open("/json");
        browser().tab("response", "body", "tree");
        browser().seeText("json-tree", SCRIPT);
        browser().seeText("json-tree", PICTURE);
        browser().seeText("json-tree", "__proto__");

        hostile()
                .answer(
                        "/drawing",
                        "Content-Type: image/svg+xml\r\n",
                        "<svg xmlns='http://www.w3.org/2000/svg' onload='top.owned=1'><script>top.owned=1</script></svg>");
        open("/drawing");
        browser().tab("response", "body", "image");
        browser().see("image-view img");
        browser().tab("text");
        browser().seeText("pre.text", "<script>top.owned=1</script>");
    }

    @Test
    default void aScriptInAFileNameIsText() throws Exception {
        hostile()
                .post(
                        "/file",
                        "Content-Type: multipart/form-data; boundary=b\r\n",
                        "--b\r\nContent-Disposition: form-data; name=\"" + SCRIPT + "\"; filename=\"../" + PICTURE
                                + "\"\r\n\r\nx\r\n--b--\r\n");
        open("/file");
        browser().tab("request", "body", "parts");
        browser().seeText(".parts", SCRIPT);
        browser().seeText(".parts", PICTURE);
    }

    @Test
    default void whatCannotBeSeenOrTurnsTextRoundIsMarked() throws Exception {
        byte[] name = "pay\u202Efdp.exe\u200B".getBytes(UTF_8);
        hostile()
                .answer(
                        "/unseen",
                        "Content-Type: text/plain; charset=utf-8\r\n",
                        new String(name, ISO_8859_1) + "\0\u001B[31m");
        open("/unseen");
        browser().tab("response", "body", "text");
        browser().seeText("pre.text", "payU+202Efdp.exeU+200BU+0000U+001B[31m");
    }

    @Test
    default void invalidEncodingsAreShownAsFarAsTheyGo() throws Exception {
        hostile()
                .pass(
                        "/encodings?%FF=%C3(&%=%",
                        "",
                        "HTTP/1.1 200 \u00FF\u00FE\r\nX-Bytes: \u00FF\u00C3(\r\n"
                                + "Content-Type: application/json; charset=no-such\r\nContent-Encoding: gzip\r\nContent-Length: 9\r\n\r\n"
                                + "\u00FF\u00FE{\"a\":1}");
        open("/encodings");
        browser().tab("request", "query");
        browser().seeText("[aria-label='Query parameters']", "not UTF-8, shown as sent");
        browser().tab("response", "headers");
        browser().seeText("[aria-label='Header fields']", "X-Bytes");
        browser().tab("body");
        browser().seeText("body-view .note-line", "The bytes are shown as they were sent");
        browser().seeText("pre.hex", "ff fe 7b 22 61 22");
    }

    @Test
    default void asManyFieldsAsPassAreAllShown() throws Exception {
        hostile().pass("/many", "", "HTTP/1.1 200 OK\r\n" + HostileTraffic.fields(490) + "Content-Length: 0\r\n\r\n");
        open("/many");
        browser().tab("response", "headers");
        browser().click("[data-action=more-fields]");
        browser().seeText("[aria-label='Header fields'] tr:nth-child(490)", SCRIPT);
    }

    @Test
    default void tenThousandFieldsAreRefusedAndTold() throws Exception {
        hostile().refusedAnswer("/noise", "HTTP/1.1 200 OK\r\n" + HostileTraffic.fields(10_000) + "\r\n");
        open("/noise");
        browser().seeText(".facts-line", "502");
        browser().see(".detail-head .problem");
        assertThat(hostile().refused("/noise-sent", HostileTraffic.fields(10_000)))
                .startsWith("HTTP/1.1 431 ");
        open("/noise-sent");
        browser().seeText(".facts-line", "431");
    }

    @Test
    default void tenThousandFieldsOfAFileAreShownByTheThousand() throws Exception {
        String fields = IntStream.range(0, 10_000)
                .mapToObj(number -> "{\"name\":\"X-" + number + "\",\"value\":\"" + SCRIPT + "\"}")
                .collect(Collectors.joining(","));
        Path file =
                Files.writeString(stage().folder().resolve(PICTURE.replace(" ", "_") + ".har"), """
                {"log":{"version":"1.2","creator":{"name":"x","version":"1"},"entries":[{
                "startedDateTime":"2026-01-01T00:00:00Z","time":1,"cache":{},"timings":{"send":0,"wait":1,"receive":0},
                "request":{"method":"GET","url":"http://noise.example/read","httpVersion":"HTTP/1.1","cookies":[],
                "headers":[],"queryString":[],"headersSize":-1,"bodySize":0},
                "response":{"status":200,"statusText":"OK","httpVersion":"HTTP/1.1","cookies":[],"headers":[%s],
                "content":{"size":0,"mimeType":""},"redirectURL":"","headersSize":-1,"bodySize":0}}]}}
                """.formatted(fields));
        browser().show("sessions");
        browser().choose("sessions-view [type=file]", file);
        browser().seeText("toast-list", "1 exchange read from <img_src=x");
        browser().list("host:noise.example");
        browser().openDetail("/read");
        browser().tab("response", "headers");
        browser().click("[data-action=more-fields]", "Show 1,000 more of 9,800");
        browser().seeText("[aria-label='Header fields'] tr:last-child", "X-1199");
    }

    @Test
    default void ofAHugeBodyTheBeginningIsShown() throws Exception {
        byte[] block = (SCRIPT + "\n").repeat(20_000).getBytes(UTF_8);
        int times = 1_000_000_000 / block.length;
        hostile().answerAtLength("/huge", block, times);
        open("/huge");
        browser().tab("response", "body", "text");
        browser().seeText("body-view .note-line", "Only the first 1.0 MiB of ");
        browser().click("[data-action=more-text], [data-action=copy-text]");
        browser().seeText("pre.text", SCRIPT);
        browser().list("");
        browser().seeText("[data-row] .cell-path", "/huge");
    }

    private HostileTraffic hostile() {
        return stage().hostile();
    }

    private void open(String path) {
        browser().list("path:" + path);
        browser().openDetail(path);
    }
}
