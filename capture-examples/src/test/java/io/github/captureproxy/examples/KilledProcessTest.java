package io.github.captureproxy.examples;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.github.captureproxy.examples.inspector.PageCalls;
import io.github.captureproxy.examples.store.HistoryStore;
import io.github.captureproxy.examples.store.Row;
import io.github.captureproxy.examples.store.RowQuery;
import io.github.captureproxy.examples.store.StoreLimits;
import io.github.captureproxy.testkit.RawSocket;
import io.github.captureproxy.testkit.RecordingOrigin;
import java.io.BufferedReader;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** What is left of a history whose process is killed while it records. */
@Timeout(60)
class KilledProcessTest {
    private static final int ROWS = 300;

    @TempDir
    Path folder;

    private RecordingOrigin origin;
    private Process process;

    @BeforeEach
    void startOrigin() throws IOException {
        origin = RecordingOrigin.start();
    }

    @AfterEach
    void end() throws IOException {
        origin.close();
        if (process != null) {
            process.destroyForcibly();
        }
    }

    @Test
    void allRowsThatWereShownAreThereAndNoneIsMissingBeforeTheLast() throws Exception {
        Path file = folder.resolve("history.db");
        start(file);
        BufferedReader out = process.inputReader(UTF_8);
        int port = Integer.parseInt(find(out, ".*listens on 127\\.0\\.0\\.1:(\\d+).*"));
        PageCalls page = PageCalls.open(URI.create(find(out, ".*page +(http://\\S+).*")));
        Thread caller = new Thread(() -> callUntilItIsKilled(port), "caller");
        caller.start();
        long shown = 0;
        while (shown < ROWS) {
            shown = page.get("/api/rows?limit=0").json().path("total").asLong();
        }

        process.destroyForcibly().waitFor();
        caller.join();

        try (HistoryStore store = HistoryStore.open(file, StoreLimits.defaults())) {
            List<Row> rows = store.rows(RowQuery.ALL, 0, Integer.MAX_VALUE).rows();
            assertThat(rows).hasSizeGreaterThanOrEqualTo((int) shown);
            assertThat(rows)
                    .extracting(row -> row.target().path())
                    .isEqualTo(IntStream.range(0, rows.size())
                            .mapToObj(n -> "/" + n)
                            .toList());
            Row last = rows.get(rows.size() - 1);
            assertThat(store.exchange(last.id()))
                    .hasValueSatisfying(exchange -> assertThat(
                                    exchange.response().orElseThrow().body().text())
                            .isEqualTo("hello"));
        }
    }

    private void start(Path file) throws IOException {
        List<String> options =
                List.of("--port", "0", "--quiet", "--ui-port", "0", "--no-open", "--history", file.toString());
        ProcessBuilder builder = AppProcess.of(List.of(), options, folder.resolve("err"));
        builder.environment().put("HOME", folder.toString());
        builder.environment().keySet().removeIf(name -> name.startsWith("XDG_"));
        process = builder.start();
    }

    /** The first group of the first line that is like this. */
    private static String find(BufferedReader out, String like) throws IOException {
        return AppProcess.readTo(out, line -> line.matches(like)).replaceFirst(like, "$1");
    }

    private void callUntilItIsKilled(int port) {
        try (RawSocket proxy = RawSocket.connect(new InetSocketAddress(InetAddress.getLoopbackAddress(), port))) {
            for (int n = 0; ; n++) {
                proxy.send("GET " + origin.url("/" + n) + " HTTP/1.1\r\nHost: " + origin.authority() + "\r\n\r\n");
                proxy.readThrough("hello");
            }
        } catch (IOException e) {
            // The process was killed, which is what ends it.
        }
    }
}
