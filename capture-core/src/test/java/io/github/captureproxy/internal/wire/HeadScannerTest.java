package io.github.captureproxy.internal.wire;

import static io.github.captureproxy.internal.wire.Wire.assertRefused;
import static io.github.captureproxy.internal.wire.Wire.bytes;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;

import java.nio.ByteBuffer;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class HeadScannerTest {

    private static final String HEAD = "GET /some/where HTTP/1.1\r\nHost: a.example\r\nX:\tb\r\n\r\n";

    @Test
    void findsTheEndAtEverySplit() throws MalformedMessageException {
        ByteBuffer buf = ByteBuffer.wrap(bytes(HEAD + "body\n\0"));
        for (int split = 0; split < HEAD.length(); split++) {
            HeadScanner scanner = new HeadScanner();
            assertThat(scanner.scan(buf, 0, split)).isEqualTo(-1);
            assertThat(scanner.scan(buf, split, buf.limit()))
                    .as("split at " + split)
                    .isEqualTo(HEAD.length());
        }
    }

    @Test
    void findsTheEndByteByByte() throws MalformedMessageException {
        ByteBuffer buf =
                ByteBuffer.allocateDirect(HEAD.length()).put(bytes(HEAD)).flip();
        HeadScanner scanner = new HeadScanner();
        for (int at = 0; at < HEAD.length() - 1; at++) {
            assertThat(scanner.scan(buf, at, at + 1)).isEqualTo(-1);
        }
        assertThat(scanner.scan(buf, HEAD.length() - 1, HEAD.length())).isEqualTo(HEAD.length());
    }

    @Test
    void movesNeitherPositionNorLimit() throws MalformedMessageException {
        ByteBuffer buf = ByteBuffer.wrap(bytes("xx" + HEAD)).position(1);
        assertThat(new HeadScanner().scan(buf, 2, buf.limit())).isEqualTo(HEAD.length() + 2);
        assertThat(buf.position()).isEqualTo(1);
    }

    @Test
    void scansTheNextHeadAfterReset() throws MalformedMessageException {
        ByteBuffer buf = ByteBuffer.wrap(bytes(HEAD + HEAD));
        HeadScanner scanner = new HeadScanner();
        int end = scanner.scan(buf, 0, buf.limit());
        assertThatIllegalStateException().isThrownBy(() -> scanner.scan(buf, end, buf.limit()));
        scanner.reset();
        assertThat(scanner.scan(buf, end, buf.limit())).isEqualTo(2 * HEAD.length());
    }

    @ParameterizedTest
    @ValueSource(strings = {"\n", "\0", "\rx", "\r\r", "\r\n\rx", "\r\nX: y\n", "\r\n\n", "\r\n\0"})
    void refusesAtOnceWhatCanNeverBecomeAHead(String stray) {
        for (int before = 0; before < 20; before++) {
            ByteBuffer buf = ByteBuffer.wrap(bytes("x".repeat(before) + stray));
            assertRefused(400, () -> new HeadScanner().scan(buf, 0, buf.limit()));
            assertRefused(400, () -> {
                HeadScanner scanner = new HeadScanner();
                for (int at = 0; at < buf.limit(); at++) {
                    scanner.scan(buf, at, at + 1);
                }
            });
        }
    }

    @ParameterizedTest
    @CsvSource({
        "'',0",
        "G,0",
        "\\r,0",
        "\\r\\n,2",
        "\\r\\nG,2",
        "\\r\\n\\r,2",
        "\\r\\n\\r\\n,4",
        "\\r\\n\\r\\n\\r\\n,4",
        "\\n,0",
        "\\rG,0"
    })
    void countsUpToTwoLeadingEmptyLines(String escaped, int skipped) {
        ByteBuffer buf =
                ByteBuffer.wrap(bytes("x" + escaped.replace("\\r", "\r").replace("\\n", "\n")));
        assertThat(HeadScanner.leadingCrlf(buf, 1, buf.limit())).isEqualTo(skipped);
    }

    @Property(tries = 300)
    void agreesWithAPlainSearch(@ForAll("heads") String text) throws MalformedMessageException {
        ByteBuffer buf = ByteBuffer.wrap(bytes(text));
        int end = text.indexOf("\r\n\r\n");
        assertThat(new HeadScanner().scan(buf, 0, buf.limit())).isEqualTo(end < 0 ? -1 : end + 4);
    }

    @Provide
    Arbitrary<String> heads() {
        return Arbitraries.of("\r\n", "a", "\t", " ", "\u00ff", "\u000e", "\u007f", "abcdefgh")
                .list()
                .ofMaxSize(60)
                .map(parts -> String.join("", parts));
    }
}
