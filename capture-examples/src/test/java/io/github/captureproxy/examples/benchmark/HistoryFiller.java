package io.github.captureproxy.examples.benchmark;

import io.github.captureproxy.examples.store.HistoryStore;
import io.github.captureproxy.examples.store.RecordedFrom;
import io.github.captureproxy.examples.store.StoreLimits;
import io.github.captureproxy.exchange.CapturedBody;
import io.github.captureproxy.exchange.CapturedRequest;
import io.github.captureproxy.exchange.CapturedResponse;
import io.github.captureproxy.exchange.ClientInfo;
import io.github.captureproxy.exchange.Exchange;
import io.github.captureproxy.exchange.HeaderList;
import io.github.captureproxy.exchange.HttpOrigin;
import io.github.captureproxy.exchange.Timings;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.Random;

/** Fills a history with calls of an app to some APIs, no two the same. */
final class HistoryFiller {
    static final int HOSTS = 40;
    private static final long INDEX_POLL_MILLIS = 100;
    private static final List<String> METHODS = List.of("GET", "GET", "GET", "POST", "PUT", "DELETE");
    private static final int[] STATUSES = {200, 200, 200, 200, 201, 204, 304, 400, 404, 500};
    private static final HeaderList ASKED = HeaderList.of(
            "Host",
            "api.example",
            "User-Agent",
            "benchmark/1.0",
            "Accept",
            "application/json",
            "Cookie",
            "session=abc");
    private static final HeaderList JSON = HeaderList.of("Content-Type", "application/json", "Server", "nginx");
    private static final ClientInfo CLIENT =
            new ClientInfo(new InetSocketAddress("127.0.0.1", 50_000), 1, "main", Optional.empty());
    private static final String[] WORDS = {
        "basket",
        "order",
        "customer",
        "delivery",
        "invoice",
        "payment",
        "return",
        "stock",
        "shelf",
        "label",
        "route",
        "parcel",
        "street",
        "number",
        "voucher",
        "refund",
        "review",
        "rating",
        "season",
        "colour"
    };

    private HistoryFiller() {}

    /** Leaves nothing to be indexed: the app would do that while it is measured. */
    static void fill(Path file, int exchanges) throws InterruptedException {
        Random random = new Random(7);
        Instant start = Instant.now().minusSeconds(exchanges / 10);
        try (HistoryStore store = HistoryStore.open(file, StoreLimits.defaults())) {
            for (int id = 0; id < exchanges; id++) {
                store.record(exchange(id, start.plusMillis(100L * id), random), RecordedFrom.UNKNOWN);
            }
            store.flush();
            while (store.state().unindexed() > 0) {
                Thread.sleep(INDEX_POLL_MILLIS);
            }
        }
    }

    private static Exchange exchange(int id, Instant at, Random random) {
        String method = METHODS.get(random.nextInt(METHODS.size()));
        String target = "/v1/" + word(random) + "/" + id + "?page=" + random.nextInt(50) + "&of=" + word(random);
        HttpOrigin origin = new HttpOrigin("https", "api" + random.nextInt(HOSTS) + ".example", 443);
        CapturedRequest request = new CapturedRequest(
                method, target, "HTTP/1.1", origin, ASKED, CapturedBody.empty(), HeaderList.empty());
        byte[] answer = body(id, random).getBytes(StandardCharsets.UTF_8);
        int status = STATUSES[random.nextInt(STATUSES.length)];
        return Exchange.builder(id, CLIENT, request)
                .response(new CapturedResponse(
                        status, "", "HTTP/1.1", JSON, CapturedBody.of(answer, JSON), HeaderList.empty()))
                .timings(at, new Timings(1, 2, 3, 4, 5, random.nextInt(400_000_000), 7))
                .build();
    }

    private static String body(int id, Random random) {
        StringBuilder json = new StringBuilder("{\"id\":" + id);
        int fields = 10 + random.nextInt(40);
        for (int i = 0; i < fields; i++) {
            json.append(",\"")
                    .append(word(random))
                    .append(i)
                    .append("\":\"")
                    .append(word(random))
                    .append(' ')
                    .append(Integer.toString(random.nextInt(), 36))
                    .append('"');
        }
        return json.append('}').toString();
    }

    static String word(Random random) {
        return WORDS[random.nextInt(WORDS.length)];
    }
}
