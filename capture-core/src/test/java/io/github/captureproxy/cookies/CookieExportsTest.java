package io.github.captureproxy.cookies;

import static io.github.captureproxy.cookies.Captured.NOON;
import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import io.github.captureproxy.testkit.RecordingOrigin;
import java.io.ByteArrayOutputStream;
import java.io.File;
import java.io.IOException;
import java.io.OutputStream;
import java.net.CookieManager;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermission;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Cookies for other programs: each gives the same ones to the same requests as a user agent does. */
class CookieExportsTest {
    /** Requests, and the names of the cookies that go with them, in the order of the RFC. */
    private static final Map<String, List<String>> EXPECTED = Map.of(
            "http://www.example.com/", List.of("host", "all", "http"),
            "http://www.example.com/a/b", List.of("deep", "host", "all", "http"),
            "https://www.example.com/", List.of("host", "all", "http", "secure"),
            "http://api.example.com/", List.of("all"),
            "http://example.com/", List.of("all"),
            "http://xexample.com/", List.of(),
            "http://intranet/", List.of("label"));

    @TempDir
    Path folder;

    private final CapturedCookies cookies = new CapturedCookies();

    /** Now, as clients leave out what has ended. */
    @BeforeEach
    void capture() {
        Instant now = Instant.now();
        take(now, "https://www.example.com/", "host=1; Path=/", "all=2; Domain=example.com; Path=/; Max-Age=3600");
        take(now, "https://www.example.com/", "http=3; Path=/; HttpOnly", "secure=4; Path=/; Secure");
        take(now, "https://www.example.com/a/", "deep=\"5=\\x\"", "old=6; Max-Age=1");
        take(now, "http://intranet/", "label=7");
        take(now.plusSeconds(2), "http://other.com/", "x=8");
    }

    private void take(Instant time, String url, String... setCookies) {
        cookies.onExchange(Captured.exchange(1, time, url, "", setCookies));
    }

    private static List<String> names(String field) {
        List<String> names = new ArrayList<>();
        for (String pair : field.split("; ?", -1)) {
            names.add(pair.replaceFirst("=.*", ""));
        }
        names.remove("");
        return names;
    }

    @Test
    void theyGoWithTheSameRequestsHere() {
        EXPECTED.forEach((url, names) ->
                assertThat(names(cookies.header(URI.create(url)))).as(url).isEqualTo(names));
    }

    @Test
    void aCookieManagerSendsThem() throws IOException {
        CookieManager manager = new CookieManager();

        assertThat(cookies.addTo(manager.getCookieStore())).isEmpty();

        for (Map.Entry<String, List<String>> expected : EXPECTED.entrySet()) {
            URI uri = URI.create(expected.getKey());
            List<String> fields = manager.get(uri, Map.of()).getOrDefault("Cookie", List.of());
            assertThat(names(String.join("; ", fields))).as(expected.getKey()).hasSameElementsAs(expected.getValue());
        }
        assertThat(manager.get(URI.create("http://www.example.com/a/b"), Map.of())
                        .get("Cookie"))
                .contains("deep=\"5=\\x\"");
    }

    @Test
    void whatJavaDoesNotTakeIsToldOf() {
        CapturedCookies odd = new CapturedCookies();
        odd.onExchange(
                Captured.exchange(1, Instant.now(), "http://a.example/", "", "alone", "$x=1", "a=1", "b=1; Max-Age=0"));

        CookieManager manager = new CookieManager();
        assertThat(odd.addTo(manager.getCookieStore()))
                .extracting(CapturedCookie::name)
                .containsExactly("", "$x");
        assertThat(manager.getCookieStore().getCookies()).hasSize(1);
    }

    @Test
    void curlSendsThem() throws Exception {
        assumeTrue(isInstalled(), "curl is not installed");
        Path file = folder.resolve("cookies.txt");
        cookies.writeNetscape(file);

        try (RecordingOrigin origin = RecordingOrigin.start()) {
            for (Map.Entry<String, List<String>> expected : EXPECTED.entrySet()) {
                if (!expected.getKey().startsWith("https")) {
                    String sent = sentByCurl(origin, file, expected.getKey());
                    assertThat(names(sent)).as(expected.getKey()).hasSameElementsAs(expected.getValue());
                }
            }
            assertThat(sentByCurl(origin, file, "http://www.example.com/a/b")).contains("deep=\"5=\\x\"");
        }
    }

    private static boolean isInstalled() {
        for (String path : System.getenv().getOrDefault("PATH", "").split(File.pathSeparator, -1)) {
            if (Files.isExecutable(Path.of(path, "curl"))) {
                return true;
            }
        }
        return false;
    }

    /** The origin stands in for a proxy, which any host is asked of. */
    private static String sentByCurl(RecordingOrigin origin, Path file, String url) throws Exception {
        String proxy = "http://" + origin.authority();
        Process curl = new ProcessBuilder("curl", "-sS", "--noproxy", "", "-x", proxy, "-b", file.toString(), url)
                .redirectErrorStream(true)
                .start();
        String printed = new String(curl.getInputStream().readAllBytes(), UTF_8);
        assertThat(curl.waitFor(20, TimeUnit.SECONDS)).isTrue();
        assertThat(curl.exitValue()).as(printed).isZero();
        List<RecordingOrigin.Received> received = origin.received();
        return received.get(received.size() - 1).field("cookie").orElse("");
    }

    @Test
    void theNetscapeFormatSaysHowManyItCannotHold() throws IOException {
        CapturedCookies odd = new CapturedCookies();
        odd.onExchange(Captured.exchange(
                1,
                NOON,
                "https://a.example/",
                "",
                "alone",
                "tab=1\t2",
                "é=ÿ; Domain=a.example; Secure; HttpOnly; Max-Age=9"));
        ByteArrayOutputStream out = new ByteArrayOutputStream();

        odd.writeNetscape(out);

        assertThat(out.toString(ISO_8859_1))
                .isEqualTo("# Netscape HTTP Cookie File\n#HttpOnly_.a.example\tTRUE\t/\tTRUE\t"
                        + (NOON.getEpochSecond() + 9)
                        + "\té\tÿ\n# left out, as this format cannot hold them: 2\n");
    }

    @Test
    void jsonHoldsCookiesChangesAndWhatWasSent() throws IOException {
        CapturedCookies some = new Captured()
                .set("https://www.example.com/", "id=\"7\\; SameSite=None; Secure; Max-Age=60", "no=1; Domain=com")
                .send("https://www.example.com/", "id=\"7\\")
                .cookies();
        ByteArrayOutputStream out = new ByteArrayOutputStream();

        some.writeJson(out);

        assertThat(flat(out.toString(UTF_8)))
                .startsWith("{cookies:[{name:id,value:\"7\\,domain:www.example.com,hostOnly:true,path:/,secure:true,"
                        + "httpOnly:false,sameSite:no_restriction,session:false,expirationDate:"
                        + (NOON.getEpochSecond() + 60)
                        + ",source:response,created:2026-06-01T12:00:00Z,changed:2026-06-01T12:00:00Z,}],changes:[{")
                .contains(
                        "kind:refused,host:www.example.com,exchange:1,detail:its domain is a top-level one,cookie:{name:no")
                .endsWith("sent:[{host:www.example.com,name:id,value:\"7\\,requests:1,first:2026-06-01T12:00:01Z,"
                        + "last:2026-06-01T12:00:01Z,lastExchange:2,}],}");
    }

    /** JSON without quotes and white space. */
    private static String flat(String json) throws IOException {
        StringBuilder flat = new StringBuilder();
        try (JsonParser parser = new JsonFactory().createParser(json)) {
            for (JsonToken token = parser.nextToken(); token != null; token = parser.nextToken()) {
                String text = parser.getText();
                boolean ends = token.isScalarValue()
                        || token.isStructEnd() && !parser.getParsingContext().inRoot();
                flat.append(text).append(token == JsonToken.FIELD_NAME ? ":" : ends ? "," : "");
            }
        }
        return flat.toString().replace("},{", "}{").replace("},]", "}]");
    }

    @Test
    void filesAreTheirOwnersAloneAndReplacedAsAWhole() throws IOException {
        Path file = folder.resolve("cookies.json");
        Files.writeString(file, "before");

        cookies.writeJson(file);

        assumeTrue(Files.getFileStore(folder).supportsFileAttributeView("posix"), "no owners here");
        assertThat(Files.getPosixFilePermissions(file))
                .containsExactlyInAnyOrder(PosixFilePermission.OWNER_READ, PosixFilePermission.OWNER_WRITE);
        assertThat(Files.readString(file)).contains("\"deep\"");
    }

    @Test
    void aFileThatCannotBeWrittenWholeStaysAsItWas() throws IOException {
        Path file = folder.resolve("cookies.txt");
        Files.writeString(file, "before");

        assertThatThrownBy(() -> OwnerOnlyFile.write(file, CookieExportsTest::failHalfWay))
                .isInstanceOf(IOException.class);

        assertThat(Files.readString(file)).isEqualTo("before");
        try (var files = Files.list(folder)) {
            assertThat(files).containsExactly(file);
        }
    }

    private static void failHalfWay(OutputStream out) throws IOException {
        out.write(1);
        throw new IOException("disk full");
    }
}
