package io.github.captureproxy.examples.inspector;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.captureproxy.testkit.RawSocket;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** The streams of events of many pages. */
@Timeout(60)
class EventsTest {
    private static final int MAX_PAGES = 16;

    private final Events events = new Events();
    private final List<RawSocket> pages = new ArrayList<>();
    private InspectorServer server;
    private PageClient client;

    @BeforeEach
    void start() throws IOException {
        server = InspectorServer.start(0, new Routes(), events);
        client = PageClient.open(server.newLink(() -> {}));
    }

    @AfterEach
    void stop() throws IOException {
        for (RawSocket page : pages) {
            page.close();
        }
        server.close();
    }

    private RawSocket ask() throws IOException {
        RawSocket page = RawSocket.connect(server.address());
        pages.add(page);
        return page.send("GET /api/events HTTP/1.1\r\nHost: 127.0.0.1:"
                + server.address().getPort() + "\r\nAuthorization: Bearer " + client.key() + "\r\n\r\n");
    }

    private RawSocket open() throws IOException {
        RawSocket page = ask();
        assertThat(page.readThrough(": hello\n\n")).startsWith("HTTP/1.1 200 ");
        return page;
    }

    @Test
    void aTabThatIsReloadedOverAndOverFindsAPlaceEachTime() throws IOException {
        for (int i = 0; i < 3 * MAX_PAGES; i++) {
            open().close();
        }
    }

    @Test
    void aPageThatIsThereKeepsItsPlaceAndHearsTheNews() throws IOException {
        for (int i = 0; i < MAX_PAGES; i++) {
            open();
        }
        assertThat(ask().readHead()).startsWith("HTTP/1.1 503 ");
        events.tell("rows", Map.of("latest", 7));
        for (RawSocket page : pages.subList(0, MAX_PAGES)) {
            assertThat(page.readThrough("}")).contains("event: rows\ndata: {\"latest\":7}");
        }
        pages.get(3).close();
        open();
    }
}
