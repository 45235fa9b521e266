package io.github.captureproxy.examples;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

/** Bodies, each in the ways in which it can be looked at. */
interface PageBodyCases extends PageCases {
    @Test
    default void jsonIsATreeThatOpens() {
        response("/api/items", "tree");
        browser().seeText("json-tree", "9007199254740993");
        browser().click("[role=treeitem][aria-expanded=false]", "deep");
        browser().seeText("json-tree", "deeper");
    }

    @Test
    default void brokenJsonSaysWhereAndStaysReadable() {
        response("/broken", "tree");
        browser().seeText("json-tree .note-line", "not valid JSON at line 1");
        browser().seeText("json-tree .note-line", "start marker at line 1, column 1");
        browser().seeText("json-tree", "it broke");
    }

    @Test
    default void htmlIsSourceThatIsIndented() {
        response("/page.html", "markup");
        browser().seeText("markup-view", "<h1>A page</h1>");
    }

    @Test
    default void htmlIsPreviewedWhereItCanDoNothing() {
        response("/page.html", "preview");
        assertThat(browser().attribute("iframe.preview", "sandbox")).isEmpty();
        assertThat(browser().attribute("iframe.preview", "srcdoc"))
                .startsWith("<meta")
                .contains("<h1>A page</h1>");
        browser().isUnharmed();
    }

    @Test
    default void xmlIsIndented() {
        response("/feed.xml", "markup");
        browser().seeText("markup-view", "<entry>One &amp; two</entry>");
    }

    @Test
    default void anImageIsShown() {
        response("/picture.png", "image");
        browser().seeText("image-view", "image/png");
        browser().seeText("image-view", "64 × 48");
    }

    @Test
    default void bytesAreShownInHex() {
        response("/bytes", "hex");
        browser().seeText("pre.hex", "00 01 02 ff fe 61");
    }

    @Test
    default void whatIsNoUtf8IsMarked() {
        response("/invalid.txt", "text");
        browser().seeText("text-view .note-line", "no UTF-8");
        browser().seeText("pre.text", "ok\uFFFD(x");
    }

    @Test
    default void fieldsOfAFormAreDecoded() {
        request("/form", "form");
        browser().seeText("[aria-label='Fields of the form']", "Zoë");
        browser().seeText("[aria-label='Fields of the form']", "<b>");
    }

    @Test
    default void partsOfAMultipartBodyOpen() {
        request("/upload", "parts");
        browser().seeText(".parts", "<script>.txt");
        browser().click(".parts button.part");
        browser().seeText(".part-open", "in the file");
    }

    @Test
    default void aGrpcCallHasItsStatusAndItsMessages() {
        browser().list("path:/shop.Orders/*");
        browser().openDetail("/shop.Orders/Create");
        browser().seeText(".facts-line", "ALREADY_EXISTS");
        browser().tab("messages");
        browser().click(".message-line");
        browser().seeText(".message-open", "7");
    }

    private void response(String path, String view) {
        open(path);
        browser().tab("response", "body", view);
    }

    private void request(String path, String view) {
        open(path);
        browser().tab("request", "body", view);
    }

    private void open(String path) {
        browser().list("path:" + path);
        browser().openDetail(path);
    }
}
