package io.github.captureproxy.examples.inspector;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.github.captureproxy.examples.store.HistoryStore;
import io.github.captureproxy.examples.store.HostSum;
import io.github.captureproxy.examples.store.RecordedFrom;
import io.github.captureproxy.examples.store.RowQuery;
import io.github.captureproxy.examples.store.StoreLimits;
import io.github.captureproxy.exchange.InFlightExchange;
import io.github.captureproxy.exchange.Outcome;
import io.github.captureproxy.exchange.Tunnel;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class RowsApiTest {
    @TempDir
    Path folder;

    private final List<InFlightExchange> inFlight = new ArrayList<>();
    private HistoryStore store;
    private InspectorServer server;
    private PageCalls page;

    @BeforeEach
    void start() throws Exception {
        store = HistoryStore.open(folder.resolve("history.db"), StoreLimits.defaults());
        Routes routes = new Routes();
        new RowsApi(store, () -> inFlight).addTo(routes);
        server = InspectorServer.start(0, routes, new Events());
        page = PageCalls.open(server.newLink(() -> {}));
    }

    @AfterEach
    void stop() {
        server.close();
        store.close();
    }

    @Test
    void aWindowTellsWhatIsInItAndHowMuchThereIs() throws Exception {
        record(5);

        JsonNode window = page.get("/api/rows?offset=1&limit=2").json();

        assertThat(window.path("total").asInt()).isEqualTo(5);
        assertThat(window.path("matched").asInt()).isEqualTo(5);
        assertThat(window.path("latest").asInt()).isEqualTo(5);
        assertThat(window.path("offset").asInt()).isEqualTo(1);
        assertThat(ids(window)).containsExactly(2L, 3L);
        JsonNode row = window.path("rows").path(0);
        assertThat(row.path("kind").asText()).isEqualTo("EXCHANGE");
        assertThat(row.path("time").asLong()).isEqualTo(Sent.START.toEpochMilli() + 2);
        assertThat(row.path("target").path("path").asText()).isEqualTo("/orders/2");
        assertThat(row.path("answer").path("family").asText()).isEqualTo("JSON");
        assertThat(row.path("timings").path("waitNanos").asLong()).isEqualTo(3_000_000);
        assertThat(row.path("source").path("proxyId").asLong()).isEqualTo(2);
        assertThat(row.path("ending").path("ok").asBoolean()).isTrue();
    }

    @Test
    void theEndOfTheListIsFoundWithoutKnowingItsLength() throws Exception {
        record(5);

        JsonNode window = page.get("/api/rows?fromEnd=1&limit=2").json();

        assertThat(window.path("offset").asInt()).isEqualTo(3);
        assertThat(ids(window)).containsExactly(4L, 5L);
    }

    @Test
    void rowsAreNarrowedByFilterAndTogglesAndSorted() throws Exception {
        store.record(Sent.call(1, "GET", "/orders", 200), RecordedFrom.UNKNOWN);
        store.record(Sent.call(2, "POST", "/orders", 503), RecordedFrom.UNKNOWN);
        store.record(Sent.call(3, "GET", "/carts", 404), RecordedFrom.UNKNOWN);
        store.record(Sent.tunnel(4, Tunnel.Reason.HSTS), RecordedFrom.UNKNOWN);
        store.flush();

        assertThat(ids("filter=url:orders")).containsExactly(1L, 2L);
        assertThat(ids("methods=GET,CONNECT&desc=1")).containsExactly(4L, 3L, 1L);
        assertThat(ids("status=4,5")).containsExactly(2L, 3L);
        assertThat(ids("types=json&errors=1")).containsExactly(2L, 3L);
        assertThat(ids("hidePassThrough=1&sort=status&desc=1")).containsExactly(2L, 3L, 1L);
        assertThat(ids("host=bank.example")).containsExactly(4L);
        JsonNode tunnel =
                page.get("/api/rows?host=bank.example").json().path("rows").path(0);
        assertThat(tunnel.path("tunnel").path("reason").asText()).isEqualTo("HSTS");
    }

    @Test
    void aTunnelThatNeverOpenedSaysWhyInTheListAndOfItsHost() throws Exception {
        store.record(Sent.notOpened(1, Outcome.Status.CONNECT_FAILED, "no way"), RecordedFrom.UNKNOWN);
        store.record(Sent.notOpened(2, Outcome.Status.LOOP, "that is the proxy"), RecordedFrom.UNKNOWN);
        store.flush();

        JsonNode why = page.get("/api/rows?filter=outcome:loop")
                .json()
                .path("rows")
                .path(0)
                .path("tunnel");
        assertThat(why.path("title").asText()).isEqualTo("not opened: the target is this proxy itself");
        assertThat(why.path("detail").asText()).isEqualTo("that is the proxy");
        HostSum host = store.hosts(RowQuery.ALL).get(0);
        assertThat(HostsApi.words(host.host(), host.last().orElseThrow()).title())
                .isEqualTo("not opened: the target is this proxy itself");
    }

    @Test
    void aFilterThatCannotBeReadIsRefusedWithItsPlace() throws Exception {
        PageCalls.Answer answer = page.get("/api/rows?filter=orders%20statuss:200");

        assertThat(answer.status()).isEqualTo(400);
        assertThat(answer.json().path("position").asInt()).isEqualTo(7);
        assertThat(answer.json().path("message").asText()).contains("statuss");
    }

    @Test
    void aParameterThatMakesNoSenseIsRefusedInWords() throws Exception {
        assertThat(page.get("/api/rows?sort=colour").json().path("message").asText())
                .contains("colour");
        assertThat(page.get("/api/rows?status=4xx").status()).isEqualTo(400);
        assertThat(page.get("/api/rows?session=x").status()).isEqualTo(400);
        assertThat(page.get("/api/rows/index").status()).isEqualTo(400);
    }

    @Test
    void aRowTellsItsPlaceInAList() throws Exception {
        record(5);

        assertThat(page.get("/api/rows/index?id=4&desc=1").json().path("index").asInt())
                .isEqualTo(1);
        assertThat(page.get("/api/rows/index?id=4&host=other")
                        .json()
                        .path("index")
                        .asInt())
                .isEqualTo(-1);
    }

    @Test
    void hostsAreCounted() throws Exception {
        record(3);
        store.record(Sent.tunnel(4, Tunnel.Reason.HSTS), RecordedFrom.UNKNOWN);
        store.flush();

        JsonNode hosts = page.get("/api/hosts-in-list").json().path("hosts");

        assertThat(hosts.findValuesAsText("host")).containsExactly("bank.example", "shop.example");
        assertThat(hosts.path(1).path("count").asInt()).isEqualTo(3);
    }

    @Test
    void rowsArePinnedAndNoted() throws Exception {
        record(1);

        assertThat(page.call("POST", "/api/rows/1/pin", Map.of("pinned", true)).status())
                .isEqualTo(204);
        assertThat(page.call("POST", "/api/rows/1/note", Map.of("note", "the slow <one>"))
                        .status())
                .isEqualTo(204);

        JsonNode row = page.get("/api/rows?pinned=1").json().path("rows").path(0);
        assertThat(row.path("pinned").asBoolean()).isTrue();
        assertThat(row.path("note").asText()).isEqualTo("the slow <one>");
        assertThat(page.call("POST", "/api/rows/9/pin", Map.of("pinned", true)).status())
                .isEqualTo(404);
    }

    @Test
    void rowsAreDeletedByTheirIdsOrByAQueryWhichSparesPinnedOnes() throws Exception {
        record(5);
        store.pin(2, true);

        assertThat(page.call("DELETE", "/api/rows", Map.of("ids", List.of(1, 5)))
                        .json()
                        .path("deleted")
                        .asInt())
                .isEqualTo(2);
        assertThat(ids("")).containsExactly(2L, 3L, 4L);
        assertThat(page.call("DELETE", "/api/rows?filter=url:orders", "")
                        .json()
                        .path("deleted")
                        .asInt())
                .isEqualTo(2);
        assertThat(ids("")).containsExactly(2L);
    }

    @Test
    void whatIsOpenIsListedUnlessItIsLeftOut() throws Exception {
        inFlight.add(Sent.openTunnel(1, Tunnel.Reason.INTERCEPTED));
        inFlight.add(Sent.openTunnel(2, Tunnel.Reason.HSTS));
        inFlight.add(Sent.open(3, "GET", "/events", Optional.of(Sent.response(200))));
        inFlight.add(Sent.open(4, "POST", "/orders?id=7", Optional.empty()));

        assertThat(open("")).containsExactly(2L, 3L, 4L);
        assertThat(open("hidePassThrough=1")).containsExactly(3L, 4L);
        assertThat(open("status=2&types=json")).containsExactly(3L);
        assertThat(open("filter=method:POST&search=ID%3D7")).containsExactly(4L);
        assertThat(open("host=other.example")).isEmpty();
        assertThat(open("errors=1")).isEmpty();
        assertThat(open("pinned=1")).isEmpty();
        JsonNode row =
                page.get("/api/in-flight?methods=POST").json().path("open").path(0);
        assertThat(row.path("target").path("path").asText()).isEqualTo("/orders?id=7");
        assertThat(row.path("startedAt").asLong()).isEqualTo(Sent.START.toEpochMilli() + 4);
        assertThat(row.path("elapsed").asDouble()).isEqualTo(5);
    }

    private void record(int count) {
        for (int id = 1; id <= count; id++) {
            store.record(Sent.call(id, "GET", "/orders/" + id, 200), RecordedFrom.UNKNOWN);
        }
        store.flush();
    }

    private List<Long> ids(String query) throws IOException, InterruptedException {
        return ids(page.get("/api/rows?" + query).json());
    }

    private static List<Long> ids(JsonNode window) {
        List<Long> ids = new ArrayList<>();
        window.path("rows").forEach(row -> ids.add(row.path("id").asLong()));
        return ids;
    }

    private List<Long> open(String query) throws IOException, InterruptedException {
        List<Long> ids = new ArrayList<>();
        page.get("/api/in-flight?" + query)
                .json()
                .path("open")
                .forEach(row -> ids.add(row.path("id").asLong()));
        return ids;
    }
}
