package io.github.captureproxy.testkit.hops;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.locks.LockSupport;
import org.junit.jupiter.api.Test;

/** A side that takes nothing stops the other one, and nobody else (design: promises 5 and 6). */
public abstract class PressureCases extends HopsTest {
    private static final int PIECE = 64 * 1024;

    /** What a stream's window may grow to, and as much again on its way. */
    private static final long WINDOWS = 4 * 1024 * 1024;

    /** What the system's buffers of two connections may hold: those of a receiver grow to 32 MiB on some machines. */
    private static final long BUFFERS = 48 * 1024 * 1024;

    /** A peer that takes no byte for so long has been stopped; one that is only slow makes the test weaker, not wrong. */
    private static final long STOPPED_MILLIS = 300;

    private static final int STREAMS = 10;

    protected PressureCases(Hops hops) {
        super(hops);
    }

    @Test
    void aClientThatReadsNothingStopsItsOrigin() throws Exception {
        ClientExchange client = get("/");
        OriginExchange server = taken();
        AtomicLong sent = new AtomicLong();
        Threads.Running sending = Threads.beside(() -> {
            server.respond(TestResponse.of(200));
            push(server, sent);
        });
        assertStops(sent);
        assertThat(client.response().status()).isEqualTo(200);
        assertComes(client);
        sending.join();
        assertThat(whole(client).content()).isEmpty();
        assertThat(completed().outcome().bytes()).isEqualTo(LARGE);
    }

    @Test
    void anOriginThatReadsNothingStopsItsClient() throws Exception {
        ClientExchange client = post("/");
        AtomicLong sent = new AtomicLong();
        OriginExchange server = taken();
        Threads.Running sending = Threads.beside(() -> push(client, sent));
        assertStops(sent);
        assertComes(server);
        sending.join();
        assertThat(whole(server).content()).isEmpty();
        server.respondEmpty(TestResponse.of(200, "Content-Length", "0"));
        assertThat(client.response().status()).isEqualTo(200);
        whole(client);
        assertThat(completed().sizes().requestBody()).isEqualTo(LARGE);
    }

    private static void push(Half half, AtomicLong sent) throws IOException {
        for (int at = 0; at < LARGE; at += PIECE) {
            half.send(pattern(at, PIECE));
            sent.addAndGet(PIECE);
        }
        half.end();
    }

    private static void assertComes(Half half) throws IOException {
        for (int at = 0; at < LARGE; at += PIECE) {
            assertThat(half.read(PIECE)).isEqualTo(pattern(at, PIECE));
        }
    }

    private void assertStops(AtomicLong sent) {
        long before;
        do {
            before = sent.get();
            LockSupport.parkNanos(STOPPED_MILLIS * 1_000_000);
        } while (sent.get() > before);
        assertThat(before).isLessThan(hops.hasStreams() ? WINDOWS : BUFFERS);
    }

    @Test
    void aStreamThatNobodyReadsHoldsUpNoNeighbour() throws Exception {
        if (hops.client() == Version.HTTP_1_1) {
            return; // it has no neighbours
        }
        byte[] content = pattern(2 * 1024 * 1024);
        List<ClientExchange> clients = new ArrayList<>();
        List<Threads.Running> sending = new ArrayList<>();
        for (int i = 0; i < STREAMS; i++) {
            clients.add(get("/" + i));
            OriginExchange server = taken();
            sending.add(Threads.beside(() -> {
                server.respond(TestResponse.of(200));
                server.send(content);
                server.end();
            }));
        }
        for (int i = 1; i < STREAMS; i++) {
            assertThat(clients.get(i).response().status()).isEqualTo(200);
            assertThat(whole(clients.get(i)).content()).isEqualTo(content);
        }
        assertThat(rig().proxy().history().size()).isEqualTo(STREAMS - 1);
        assertThat(clients.get(0).response().status()).isEqualTo(200);
        assertThat(whole(clients.get(0)).content()).isEqualTo(content);
        assertThat(rig().proxy().history().size()).isEqualTo(STREAMS);
        for (Threads.Running each : sending) {
            each.join();
        }
    }
}
