package io.github.captureproxy.tls;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.sun.net.httpserver.HttpServer;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Base64;
import java.util.HashSet;
import java.util.Set;
import java.util.zip.GZIPOutputStream;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.From;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.constraints.Size;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class HstsPreloadListTest {
    private static final String JSON = """
            // Copyright, "quoted" and { braced }
            /* another
               kind * of comment */
            {
              "pinsets": [ { "name": "not-an-entry.test", "static_spki_hashes": ["a", "b\\"]"] } ],
              "entries": [
                // chunk 0
                { "name": "alone.test", "policy": "custom", "mode": "force-https" },
                { "name": "all.test", "policy": "bulk", "mode": "force-https", "include_subdomains": true },
                { "name": "no.test", "policy": "bulk", "mode": "force-https", "include_subdomains": false },
                { "name": "pins.test", "include_subdomains": true, "pins": "x" },
                { "mode": "force-https", "nested": { "a": [1, 2.5e3, null, {"b": false}] }, "name": "\\u0064eep.test" },
                { "name": "UPPER.test", "mode": "force-https" }, // at the end of a line
              ],
              "after": null
            }
            """;

    @TempDir
    Path folder;

    private static HstsPreloadList read(String text) throws IOException {
        return HstsPreloadList.read(new ByteArrayInputStream(text.getBytes(StandardCharsets.UTF_8)));
    }

    private static byte[] gzip(String text) throws IOException {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        try (GZIPOutputStream packed = new GZIPOutputStream(out)) {
            packed.write(text.getBytes(StandardCharsets.UTF_8));
        }
        return out.toByteArray();
    }

    private static void isTheList(HstsPreloadList list) {
        assertThat(list.size()).isEqualTo(5);
        assertThat(list.covers("alone.test")).isTrue();
        assertThat(list.covers("www.alone.test")).isFalse();
        assertThat(list.covers("all.test")).isTrue();
        assertThat(list.covers("a.b.all.test")).isTrue();
        assertThat(list.covers("small.test")).isFalse();
        assertThat(list.covers("x.no.test")).isFalse();
        assertThat(list.covers("pins.test")).isFalse();
        assertThat(list.covers("not-an-entry.test")).isFalse();
        assertThat(list.covers("deep.test")).isTrue();
        assertThat(list.covers("upper.test")).isTrue();
        assertThat(list.covers("Alone.TEST.")).isTrue();
        assertThat(list.covers("test")).isFalse();
        assertThat(list.covers("")).isFalse();
    }

    @Test
    void theJsonIsReadCommentsAndAll() throws Exception {
        isTheList(read(JSON));
    }

    @Test
    void aPackedFileIsReadAndAPlainOne() throws Exception {
        isTheList(HstsPreloadList.load(Files.write(folder.resolve("list.json.gz"), gzip(JSON))));
        Path plain = Files.writeString(folder.resolve("list.json"), JSON);
        isTheList(HstsPreloadList.load(plain));
        isTheList(HstsPreloadList.fetch(plain.toUri()));
    }

    @Test
    void base64IsReadAsChromiumsRepositoryGivesItOut() throws Exception {
        isTheList(read(Base64.getMimeEncoder().encodeToString(JSON.getBytes(StandardCharsets.UTF_8))));
    }

    @Test
    void aByteOrderMarkAtTheBeginningIsPassedOver() throws Exception {
        isTheList(read("\ufeff" + JSON));
        isTheList(HstsPreloadList.load(Files.write(folder.resolve("list.json.gz"), gzip("\ufeff" + JSON))));
        assertThatThrownBy(() -> read("\uff5b" + JSON)).hasMessageContaining("line 1");
    }

    @ParameterizedTest
    @ValueSource(strings = {"null", "true", "5", "[\"force-https\"]", "{\"mode\": \"force-https\"}", "\"other\""})
    void anEntryWhoseModeIsNotThatTextIsNotTaken(String mode) throws Exception {
        HstsPreloadList list = read("{ \"entries\": [ { \"name\": \"a.test\", \"mode\": " + mode
                + " }, { \"name\": \"b.test\", \"mode\": \"force-https\" } ] }");
        assertThat(list.covers("a.test")).isFalse();
        assertThat(list.covers("b.test")).isTrue();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "{",
                "{}",
                "[]",
                "{ \"entries\": {} }",
                "{ \"entries\": [",
                "{ \"entries\": [ { \"mode\": \"force-https\" } ] }",
                "{ \"entries\": [ { \"name\": \"a.test } ] }",
                "{ \"entries\": [ { \"name\" \"a.test\" } ] }",
                "{ \"entries\": [ } ",
                "{ \"a\": ] }",
                "{ \"a\": \"\\x\" }{",
                "<html>not found</html>"
            })
    void whatIsNoListIsAnErrorThatSaysWhere(String text) {
        assertThatThrownBy(() -> read(text)).isInstanceOf(IOException.class);
    }

    @Test
    void aNameIsFoundByItsLettersOutsideAscii() throws Exception {
        HstsPreloadList list = read("""
                { "entries": [ { "name": "xn--bcher-kva.test", "mode": "force-https", "include_subdomains": true } ] }
                """);
        assertThat(list.covers("www.Bücher.test.")).isTrue();
        assertThat(list.covers("büro.test")).isFalse();
        assertThat(list.covers("ü".repeat(64) + ".xn--bcher-kva.test")).isTrue();
    }

    @Test
    void anErrorNamesTheFileAndTheLine() throws Exception {
        Path file = Files.writeString(folder.resolve("bad.json"), "{\n \"entries\": [\n  { \"name\": 5 } ] }");
        assertThatThrownBy(() -> HstsPreloadList.load(file)).hasMessageContainingAll(file.toString(), "line 3");
        assertThatThrownBy(() -> HstsPreloadList.load(folder.resolve("none.json")))
                .hasMessageContainingAll("none.json", "there is no such file");
    }

    @Test
    void anErrorNamesTheUrlAndTheStatus() throws Exception {
        HttpServer server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        server.createContext("/", exchange -> {
            exchange.sendResponseHeaders(404, -1);
            exchange.close();
        });
        server.start();
        try {
            URI url = URI.create("http://127.0.0.1:" + server.getAddress().getPort() + "/list.json");
            assertThatThrownBy(() -> HstsPreloadList.fetch(url)).hasMessageContainingAll(url.toString(), "status 404");
        } finally {
            server.stop(0);
        }
    }

    @Test
    void theTopLevelDomainsComeAlong() {
        HstsPreloadList list = HstsPreloadList.topLevelDomains();
        assertThat(list.size()).isEqualTo(51);
        assertThat(list.covers("anything.dev")).isTrue();
        assertThat(list.covers("a.b.app")).isTrue();
        assertThat(list.covers("dev")).isTrue();
        assertThat(list.covers("example.com")).isFalse();
    }

    @Provide
    Arbitrary<String> names() {
        return Arbitraries.strings()
                .withChars("ab1-")
                .ofMinLength(1)
                .ofMaxLength(3)
                .list()
                .ofMinSize(1)
                .ofMaxSize(4)
                .map(labels -> String.join(".", labels));
    }

    @Property(tries = 300)
    void itKnowsExactlyWhatASetOfStringsKnows(
            @ForAll @Size(max = 20) Set<@From("names") String> alone,
            @ForAll @Size(max = 10) Set<@From("names") String> withBelow,
            @ForAll @Size(max = 30) Set<@From("names") String> asked)
            throws IOException {
        StringBuilder json = new StringBuilder("{\"entries\":[");
        alone.forEach(name -> json.append("{\"name\":\"" + name + "\",\"mode\":\"force-https\"},"));
        withBelow.forEach(name ->
                json.append("{\"name\":\"" + name + "\",\"mode\":\"force-https\",\"include_subdomains\":true},"));
        HstsPreloadList list = read(json.append("]}").toString());
        Set<String> all = new HashSet<>(asked);
        all.addAll(alone);
        all.addAll(withBelow);
        for (String name : all) {
            boolean known = alone.contains(name) || withBelow.contains(name);
            for (int dot = name.indexOf('.'); dot >= 0; dot = name.indexOf('.', dot + 1)) {
                known |= withBelow.contains(name.substring(dot + 1));
            }
            assertThat(list.covers(name)).as(name).isEqualTo(known);
        }
    }
}
