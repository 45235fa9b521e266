package io.github.captureproxy.examples.content;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import org.junit.jupiter.api.Test;

/** A text comes in pieces that no character is cut by. */
class TextPieceTest {
    private static final String TEXT = "\uFEFFZoë 🦉 grüßt\nalle";

    @Test
    void piecesOfAnyLengthMakeTheWholeText() throws IOException {
        byte[] bytes = TEXT.getBytes(UTF_8);
        for (int length = 4; length <= bytes.length + 1; length++) {
            StringBuilder text = new StringBuilder();
            TextPiece piece = TextPiece.read(new ByteArrayInputStream(bytes), UTF_8, 0, length);
            text.append(piece.text());
            while (piece.more()) {
                piece = TextPiece.read(new ByteArrayInputStream(bytes), UTF_8, piece.next(), length);
                assertThat(piece.replaced()).isZero();
                text.append(piece.text());
            }
            assertThat(text.toString()).as("pieces of %s bytes", length).isEqualTo(TEXT.substring(1));
        }
    }

    @Test
    void bytesThatAreNoTextAreReplacedAndCounted() throws IOException {
        byte[] bytes = {'a', (byte) 0xe9, 'b', (byte) 0xff, (byte) 0xc3};

        TextPiece piece = TextPiece.read(new ByteArrayInputStream(bytes), UTF_8, 0, 100);

        assertThat(piece.text()).isEqualTo("a\uFFFDb\uFFFD\uFFFD");
        assertThat(piece.replaced()).isEqualTo(3);
        assertThat(TextPiece.read(new ByteArrayInputStream(bytes), ISO_8859_1, 0, 100)
                        .text())
                .isEqualTo("aébÿÃ");
    }

    @Test
    void behindTheEndThereIsNothing() throws IOException {
        TextPiece piece = TextPiece.read(new ByteArrayInputStream(new byte[3]), UTF_8, 10, 100);

        assertThat(piece.text()).isEmpty();
        assertThat(piece.more()).isFalse();
    }
}
