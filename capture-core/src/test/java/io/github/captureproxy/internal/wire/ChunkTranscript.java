package io.github.captureproxy.internal.wire;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.captureproxy.internal.wire.ChunkDecoder.Event;
import java.nio.ByteBuffer;
import java.util.List;

/** What a decoder makes of a body, as text that does not depend on how the body was cut. */
final class ChunkTranscript {

    private final ChunkDecoder decoder = new ChunkDecoder();
    private final StringBuilder text = new StringBuilder();

    /** Feeds the bytes in pieces; ends with "end" and trailers, with "more", or with "refused" and a status. */
    String read(byte[] body, List<Integer> sizes, boolean direct) {
        try {
            for (ByteBuffer piece : Wire.pieces(body, sizes, direct)) {
                if (readPiece(piece)) {
                    return text.append("end").append(trailers()).toString();
                }
                assertThat(piece.hasRemaining()).isFalse();
            }
            return text.append("more").toString();
        } catch (MalformedMessageException e) {
            String gap = text.isEmpty() || text.charAt(text.length() - 1) == ' ' ? "" : " ";
            return text.append(gap).append("refused ").append(e.status()).toString();
        }
    }

    private boolean readPiece(ByteBuffer piece) throws MalformedMessageException {
        while (true) {
            Event event = decoder.next(piece);
            switch (event) {
                case NEED_MORE, END -> {
                    return event == Event.END;
                }
                case CHUNK_START -> text.append('<').append(decoder.chunkSize()).append(' ');
                case DATA -> take(piece);
                case CHUNK_END -> text.append("> ");
            }
        }
    }

    private void take(ByteBuffer piece) {
        byte[] data = new byte[decoder.dataLength()];
        assertThat(data).isNotEmpty();
        piece.get(data);
        decoder.consumed(data.length);
        text.append(Wire.text(data));
    }

    private String trailers() {
        StringBuilder all = new StringBuilder();
        Fields trailers = decoder.trailers();
        for (int i = 0; i < trailers.count(); i++) {
            all.append(' ').append(trailers.name(i)).append('=').append(trailers.value(i));
        }
        return all.toString();
    }
}
