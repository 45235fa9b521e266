package io.github.captureproxy.capture;

import static io.github.captureproxy.history.ExchangeFilter.any;
import static io.github.captureproxy.history.ExchangeFilter.path;
import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assumptions.assumeThat;

import io.github.captureproxy.CaptureProxy;
import io.github.captureproxy.CaptureProxyBuilder;
import io.github.captureproxy.exchange.CapturedBody;
import io.github.captureproxy.exchange.Exchange;
import io.github.captureproxy.history.HistoryLimits;
import io.github.captureproxy.testkit.Eventually;
import io.github.captureproxy.testkit.Script;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Large bodies in files. */
class SpillTest extends ProxyTest {
    private static final String LARGE = random(2_000_000);

    @TempDir
    Path folder;

    @Test
    void aLargeBodyIsKeptInAFileByteForByte() throws IOException {
        CaptureProxy proxy = start(spilling());

        CapturedBody body = body(pass(proxy, Script.get(origin, "/"), Script.ok("", LARGE)));

        assertThat(body.bytes()).isEqualTo(LARGE.getBytes(ISO_8859_1));
        assertThat(body.memoryBytes()).isZero();
        assertThat(body.isTruncated()).isFalse();
        assertThat(files()).hasSize(1);
        assertThat(Files.readAllBytes(files().get(0))).isEqualTo(LARGE.getBytes(ISO_8859_1));
    }

    @Test
    void requestsGoToFilesToo() throws IOException {
        CaptureProxy proxy = start(spilling());

        Exchange exchange = pass(
                proxy,
                Script.request(origin, "PUT", "/", "Content-Length: " + LARGE.length() + "\r\n", LARGE),
                Script.ok("", ""));

        assertThat(exchange.request().body().bytes()).isEqualTo(LARGE.getBytes(ISO_8859_1));
        assertThat(exchange.request().body().memoryBytes()).isZero();
    }

    @Test
    void theFileIsItsOwnersAlone() throws IOException {
        assumeThat(folder.getFileSystem().supportedFileAttributeViews()).contains("posix");
        CaptureProxy proxy = start(spilling());

        body(pass(proxy, Script.get(origin, "/"), Script.ok("", LARGE))).bytes();

        assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(files().get(0))))
                .isEqualTo("rw-------");
    }

    @Test
    void aSmallBodyStaysInMemory() throws IOException {
        CaptureProxy proxy = start(spilling());

        CapturedBody body = body(pass(proxy, Script.get(origin, "/"), Script.ok("", LARGE.substring(0, 100_000))));

        assertThat(body.memoryBytes()).isPositive();
        assertThat(files()).isEmpty();
    }

    @Test
    void moreThanTheHeapWouldKeepIsKeptInAFile() throws IOException {
        CaptureProxy proxy = start(spilling().captureBudget(1_000_000).maxBodyBytes(100_000_000));

        CapturedBody body = body(pass(proxy, Script.get(origin, "/"), Script.ok("", LARGE.repeat(4))));

        assertThat(body.size()).isEqualTo(4L * LARGE.length());
        assertThat(LARGE.repeat(4)).startsWith(new String(body.bytes(), ISO_8859_1));
        assertThat(body.capturedSize()).isGreaterThan(1_000_000);
    }

    @Test
    void theFileGoesWithItsExchange() throws IOException {
        CaptureProxy proxy = start(spilling().history(new HistoryLimits(1, 1L << 30, Optional.empty(), 10)));
        CapturedBody first = body(pass(proxy, Script.get(origin, "/1"), Script.ok("", LARGE)));
        first.bytes();
        Path file = files().get(0);

        CapturedBody second = body(pass(proxy, Script.get(origin, "/2"), Script.ok("", LARGE)));

        Eventually.holds("the file of the forgotten exchange is gone", () -> !Files.exists(file));
        assertThatThrownBy(first::bytes).isInstanceOf(UncheckedIOException.class);
        assertThat(second.bytes()).isEqualTo(LARGE.getBytes(ISO_8859_1));
        assertThat(files()).hasSize(1);
    }

    @Test
    void clearingHistoryDeletesItsFiles() throws IOException {
        CaptureProxy proxy = start(spilling());
        body(pass(proxy, Script.get(origin, "/1"), Script.ok("", LARGE))).bytes();
        assertThat(files()).hasSize(1);

        proxy.history().clear();

        Eventually.holds("the folder is empty", () -> files().isEmpty());
    }

    @Test
    void closingDeletesAllFiles() throws IOException {
        CaptureProxy proxy = start(spilling());
        CapturedBody body = body(pass(proxy, Script.get(origin, "/1"), Script.ok("", LARGE)));
        pass(proxy, Script.get(origin, "/2"), Script.ok("", LARGE));

        proxy.close();

        assertThat(files()).isEmpty();
        assertThat(proxy.history().single(path("/1")).summary()).contains(" 200 ");
        assertThatThrownBy(body::bytes).isInstanceOf(UncheckedIOException.class);
    }

    @Test
    void whatOthersHaveInTheFolderIsLeftAlone() throws IOException {
        Path other = Files.writeString(folder.resolve("notes.txt"), "mine");
        CaptureProxy proxy = start(spilling());
        pass(proxy, Script.get(origin, "/"), Script.ok("", LARGE));

        proxy.close();

        assertThat(files()).containsExactly(other);
        assertThat(proxy.history().find(any())).hasSize(1);
    }

    private CaptureProxyBuilder spilling() {
        return builder().spillTo(folder).spillThreshold(200_000);
    }

    private List<Path> files() {
        try (Stream<Path> entries = Files.list(folder)) {
            return entries.toList();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static CapturedBody body(Exchange exchange) {
        return exchange.response().orElseThrow().body();
    }

    private static String random(int length) {
        byte[] bytes = new byte[length];
        new Random(11).nextBytes(bytes);
        return new String(bytes, ISO_8859_1);
    }
}
