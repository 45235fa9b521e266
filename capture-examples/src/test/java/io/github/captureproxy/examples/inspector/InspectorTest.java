package io.github.captureproxy.examples.inspector;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.github.captureproxy.CaptureProxy;
import io.github.captureproxy.examples.desk.Desk;
import io.github.captureproxy.examples.desk.DeskSettings;
import io.github.captureproxy.examples.desk.RunningProxy;
import io.github.captureproxy.examples.inspector.PageClient.Answer;
import io.github.captureproxy.examples.store.FullDisk;
import io.github.captureproxy.examples.store.HistoryStore;
import io.github.captureproxy.examples.store.RecordedFrom;
import io.github.captureproxy.examples.store.StoreLimits;
import io.github.captureproxy.exchange.CapturedBody;
import io.github.captureproxy.exchange.CapturedRequest;
import io.github.captureproxy.exchange.Exchange;
import io.github.captureproxy.spi.ExchangeListener;
import io.github.captureproxy.testkit.RecordingOrigin;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

@Timeout(120)
class InspectorTest {
    private static final ObjectMapper JSON = new ObjectMapper();

    @TempDir
    Path folder;

    private RecordingOrigin origin;
    private HistoryStore store;
    private Inspector inspector;
    private Desk desk;
    private PageClient page;

    @BeforeEach
    void start() throws IOException {
        origin = RecordingOrigin.start();
        store = HistoryStore.open(folder.resolve("history.db"), StoreLimits.defaults());
        inspector = Inspector.open(0, store, folder.resolve("collections"));
        DeskSettings settings = new DeskSettings(0, "127.0.0.1", List.of(), Optional.empty(), false, "");
        desk = Desk.start(
                settings,
                wanted -> new RunningProxy(
                        CaptureProxy.builder()
                                .port(wanted.port())
                                .bind(wanted.bind())
                                .listener(inspector.listeners().toArray(ExchangeListener[]::new))
                                .start(),
                        Optional.empty()));
        inspector.attach(desk);
        page = PageClient.open(inspector.newLink());
    }

    @AfterEach
    void stop() throws IOException {
        desk.close();
        inspector.close();
        store.close();
        origin.close();
    }

    @Test
    void whatIsCapturedWhileASessionRunsBelongsToIt() throws Exception {
        get("/before");
        long id = json(page.post("/api/sessions", "{\"name\":\"Check out\"}"))
                .path("id")
                .asLong();
        get("/within");
        page.post("/api/sessions/" + id + "/pause", "");
        get("/paused");
        page.post("/api/sessions/" + id + "/resume", "");
        get("/resumed");
        page.post("/api/sessions/" + id + "/stop", "");
        get("/after");

        assertThat(paths("session=" + id)).containsExactly("/within", "/resumed");
        assertThat(paths("")).containsExactly("/before", "/within", "/paused", "/resumed", "/after");
        JsonNode session = json(page.get("/api/sessions")).path(0);
        assertThat(session.path("state").asText()).isEqualTo("STOPPED");
        assertThat(session.path("rows").asInt()).isEqualTo(2);

        page.post("/api/sessions/" + id + "/clear", "");
        assertThat(paths("")).containsExactly("/before", "/paused", "/after");
    }

    @Test
    void aSessionThatIsKeptInACollectionIsThereWhenItStops() throws Exception {
        String body = "{\"name\":\"../A name/with ü\",\"target\":\"collection\"}";
        long id = json(page.post("/api/sessions", body)).path("id").asLong();
        get("/one?token=s3cret");
        page.post("/api/sessions/" + id + "/stop", "");

        try (Stream<Path> files = Files.list(folder.resolve("collections"))) {
            Path file = files.findFirst().orElseThrow();
            JsonNode collection = JSON.readTree(file.toFile());
            assertThat(collection.at("/info/name").asText()).isEqualTo("../A name/with ü");
            assertThat(collection.toString()).contains("one").doesNotContain("s3cret");
            assertThat(Files.getPosixFilePermissions(file)).hasSize(2);
        }
    }

    @Test
    void aSessionNeedsAName() throws IOException {
        assertThat(page.post("/api/sessions", "{\"name\":\"  \"}").status()).isEqualTo(400);
        assertThat(page.post("/api/sessions", "{}").status()).isEqualTo(400);
    }

    @Test
    void rowsAreExportedAllOrByName() throws Exception {
        get("/one?token=s3cret");
        get("/two");
        long second = rows("").path("rows").path(1).path("id").asLong();

        assertThat(json(page.get("/api/export?format=har&redact=1"))
                        .at("/log/entries")
                        .size())
                .isEqualTo(2);
        assertThat(page.get("/api/export?format=har&redact=1").body()).doesNotContain("s3cret");
        assertThat(page.get("/api/export?format=jsonl").body()).contains("s3cret");
        Answer curl = page.get("/api/export?format=curl&name=call&ids=" + second);
        assertThat(curl.body()).contains("/two").doesNotContain("/one");
        assertThat(curl.head()).contains("filename=\"call.sh\"");
        assertThat(json(page.get("/api/export?format=postman")).path("item").size())
                .isEqualTo(1);
        assertThat(page.get("/api/export?format=doc").status()).isEqualTo(400);
        assertThat(page.get("/api/export?ids=1,x").status()).isEqualTo(400);
    }

    @Test
    void whatWasExportedIsImportedAsASessionOfItsOwn() throws Exception {
        get("/one");
        String har = page.get("/api/export?format=har").body();
        String lines = page.get("/api/export?format=jsonl").body();

        assertThat(page.post("/api/import?name=old.har", har).body()).contains("\"count\":1");
        assertThat(page.post("/api/import?name=old.jsonl", lines).body()).contains("\"count\":1");
        assertThat(paths("")).containsExactly("/one", "/one", "/one");
        assertThat(json(page.get("/api/sessions")).findValuesAsText("name"))
                .containsExactlyInAnyOrder("old.har", "old.jsonl");
    }

    @Test
    void whatCantBeImportedIsSaid() throws IOException {
        Answer answer = page.post("/api/import?name=bad.har", "<html>");
        assertThat(answer.status()).isEqualTo(400);
        assertThat(answer.body()).contains("bad.har");
    }

    @Test
    void aFullDiskIsNoFaultOfWhatIsImportedOrAsked() throws Exception {
        get("/one");
        String line = page.get("/api/export?format=jsonl").body().strip();
        String longName = "n".repeat(5_000);
        try (FullDisk full = FullDisk.under(store, 0)) {
            refusedForWantOfRoom(page.post("/api/import?name=" + longName + ".jsonl", line));
            refusedForWantOfRoom(page.post("/api/rows/1/note", JSON.writeValueAsString(Map.of("note", longName))));
        }
        try (FullDisk full = FullDisk.under(store, 100)) {
            Answer answer = page.post("/api/import?name=old.jsonl", (line + "\n").repeat(2_000));
            refusedForWantOfRoom(answer);
            assertThat(answer.body()).containsPattern("old.jsonl: [1-9]\\d*00 exchanges were read, then: ");
        }
        assertThat(page.post("/api/import?name=old.jsonl", line).status()).isEqualTo(200);
    }

    private static void refusedForWantOfRoom(Answer answer) {
        assertThat(answer.status()).isEqualTo(507);
        assertThat(answer.body()).contains("the disk is full: free some space").doesNotContain("the program failed");
    }

    @Test
    void aRequestIsSentAgainAsItWasEdited() throws Exception {
        get("/echo");
        long id = rows("").path("rows").path(0).path("id").asLong();
        JsonNode draft = json(page.get("/api/exchanges/" + id + "/draft"));
        assertThat(draft.path("url").asText()).isEqualTo(origin.url("/echo"));

        String edited = JSON.writeValueAsString(Map.of(
                "method",
                "POST",
                "url",
                origin.url("/other?x=%20"),
                "headers",
                draft.path("headers").asText() + "\nX-Edited: yes",
                "text",
                "new body"));
        JsonNode result = json(page.post("/api/exchanges/" + id + "/replay", edited));

        assertThat(result.path("problem").asText()).isEmpty();
        RecordingOrigin.Received received = origin.received("/other?x=%20").get(0);
        assertThat(received.requestLine()).startsWith("POST /other?x=%20 ");
        assertThat(received.field("x-edited")).contains("yes");
        assertThat(new String(received.body(), UTF_8)).isEqualTo("new body");
        assertThat(received.field("content-length")).contains("8");
        assertThat(received.field("transfer-encoding")).isEmpty();
        assertThat(paths("")).containsExactly("/echo", "/other?x=%20");
    }

    @ParameterizedTest
    @CsvSource(textBlock = """
            /a|b?f[x]={y}&c=^`,   /a|b?f[x]={y}&c=^`
            ?no=path,             /?no=path
            /caf%C3%A9/€#part,     /caf%C3%A9/%E2%82%AC
            /café/€,              /caf%C3%A9/%E2%82%AC
            """)
    void anEditedUrlGoesOutAsABrowserWouldSendIt(String edited, String sent) throws Exception {
        get("/echo");
        long id = rows("").path("rows").path(0).path("id").asLong();
        String base = "HTTP://my_shop.localhost:" + origin.port();
        String draft = JSON.writeValueAsString(Map.of("method", "GET", "url", base + edited, "headers", "Host: a"));

        Answer answer = page.post("/api/exchanges/" + id + "/replay", draft);

        assertThat(answer.status()).as(answer.body()).isEqualTo(200);
        assertThat(origin.received(sent)).hasSize(1);
    }

    @Test
    void anEditThatIsNoRequestIsRefused() throws Exception {
        get("/one");
        String path =
                "/api/exchanges/" + rows("").path("rows").path(0).path("id").asLong() + "/replay";
        for (String edit : List.of(
                "{\"method\":\"A B\",\"url\":\"http://localhost/\",\"headers\":\"\"}",
                "{\"method\":\"GET\",\"url\":\"ftp://localhost/\",\"headers\":\"\"}",
                "{\"method\":\"GET\",\"url\":\"http://local host/\",\"headers\":\"\"}",
                "{\"method\":\"GET\",\"url\":\"http://localhost:99999/\",\"headers\":\"\"}",
                "{\"method\":\"GET\",\"url\":\"http://[/\",\"headers\":\"\"}",
                "{\"method\":\"GET\",\"url\":\"" + origin.url("/") + "\",\"headers\":\"no field\"}")) {
            assertThat(page.post(path, edit).status()).as(edit).isEqualTo(400);
        }
        assertThat(page.post("/api/exchanges/999/replay", "{}").status()).isEqualTo(404);
    }

    @Test
    void whatCannotBeSentAgainSaysWhy() throws Exception {
        Exchange call = Sent.call(1, "GET", "/socket", 101);
        long socket = record(call.toBuilder().upgraded("websocket", List.of()).build());
        CapturedRequest whole = call.request();
        CapturedBody cut = CapturedBody.of(CapturedBody.inMemory("ab".getBytes(UTF_8)), 5, true, null, whole.headers());
        long truncated = record(
                call.toBuilder().request(whole.withBody(cut, whole.trailers())).build());

        Answer refused = page.get("/api/exchanges/" + socket + "/draft");
        assertThat(refused.status()).isEqualTo(409);
        assertThat(refused.body()).contains("went on as websocket");
        assertThat(page.post("/api/exchanges/" + socket + "/replay", "{}").status())
                .isEqualTo(409);
        Answer incomplete = page.post("/api/exchanges/" + truncated + "/replay", "{}");
        assertThat(incomplete.status()).isEqualTo(409);
        assertThat(incomplete.body()).contains("body");
    }

    private long record(Exchange exchange) throws Exception {
        store.record(exchange, RecordedFrom.UNKNOWN);
        store.flush();
        JsonNode all = rows("").path("rows");
        return all.path(all.size() - 1).path("id").asLong();
    }

    @Test
    void pausingStopsRecordingNotTraffic() throws Exception {
        page.post("/api/recording", "{\"paused\":true}");
        send("/unseen");
        assertThat(json(page.get("/api/state")).path("paused").asBoolean()).isTrue();
        page.post("/api/recording", "{\"paused\":false}");
        get("/seen");
        assertThat(paths("")).containsExactly("/seen");
        assertThat(origin.received("/unseen")).hasSize(1);
    }

    /** Sends a request, and waits until it is recorded: a listener hears of it after its client has the answer. */
    private void get(String path) throws Exception {
        long before = store.state().rows();
        send(path);
        do {
            store.flush();
        } while (store.state().rows() == before);
    }

    private void send(String path) throws Exception {
        HttpRequest request =
                HttpRequest.newBuilder(URI.create(origin.url(path))).build();
        HttpClient.newBuilder()
                .proxy(desk.proxy().proxySelector())
                .version(HttpClient.Version.HTTP_1_1)
                .build()
                .send(request, BodyHandlers.ofByteArray());
    }

    private List<String> paths(String query) throws IOException {
        return Stream.iterate(0, i -> i + 1)
                .limit(rows(query).path("rows").size())
                .map(i -> rowsUnchecked(query)
                        .path("rows")
                        .path(i)
                        .at("/target/path")
                        .asText())
                .toList();
    }

    private JsonNode rowsUnchecked(String query) {
        try {
            return rows(query);
        } catch (IOException e) {
            throw new java.io.UncheckedIOException(e);
        }
    }

    private JsonNode rows(String query) throws IOException {
        store.flush();
        return json(page.get("/api/rows?limit=100&" + query));
    }

    private static JsonNode json(Answer answer) throws IOException {
        assertThat(answer.status()).as(answer.body()).isEqualTo(200);
        return JSON.readTree(answer.body());
    }
}
