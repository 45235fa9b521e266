package io.github.captureproxy.internal.wire;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.nio.ByteBuffer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

class ChunkEncoderTest {

    private static String lastChunk(Fields trailers, HopByHop hopByHop) {
        ByteBuffer out = ByteBuffer.allocate(ChunkEncoder.lastChunkLength(trailers, hopByHop));
        ChunkEncoder.putLastChunk(out, trailers, hopByHop);
        assertThat(out.hasRemaining()).isFalse();
        return Wire.text(out.array());
    }

    @ParameterizedTest
    @ValueSource(longs = {1, 9, 10, 15, 16, 17, 255, 256, 0xabcdef, 1L << 32, Long.MAX_VALUE})
    void writesSizesWithoutLeadingZeros(long size) {
        ByteBuffer out = ByteBuffer.allocate(ChunkEncoder.MAX_HEADER_BYTES);
        int length = ChunkEncoder.putHeader(out, size);
        assertThat(Ascii.string(out.array(), 0, out.position())).isEqualTo(Long.toHexString(size) + "\r\n");
        assertThat(length).isEqualTo(out.position()).isEqualTo(ChunkEncoder.headerLength(size));
    }

    @Test
    void refusesAChunkThatWouldEndTheBody() {
        ByteBuffer out = ByteBuffer.allocate(ChunkEncoder.MAX_HEADER_BYTES);
        assertThatIllegalArgumentException().isThrownBy(() -> ChunkEncoder.putHeader(out, 0));
        assertThatIllegalArgumentException().isThrownBy(() -> ChunkEncoder.putHeader(out, -1));
    }

    @Test
    void writesTheLastChunk() throws MalformedMessageException {
        assertThat(lastChunk(Fields.NONE, HopByHop.NONE)).isEqualTo("0\r\n\r\n");
        assertThat(lastChunk(Wire.fields("a:  b ", "C:d"), HopByHop.NONE)).isEqualTo("0\r\na:  b \r\nC:d\r\n\r\n");
    }

    @Test
    void leavesNominatedTrailersOut() throws MalformedMessageException {
        HopByHop hopByHop = HopByHop.of(Wire.fields("Connection: X"));
        assertThat(lastChunk(Wire.fields("a: b", "x: y", "c: d"), hopByHop)).isEqualTo("0\r\na: b\r\nc: d\r\n\r\n");
    }

    @ParameterizedTest
    @EnumSource(mode = EnumSource.Mode.EXCLUDE, names = "OTHER")
    void leavesForbiddenTrailersOut(FieldName name) throws MalformedMessageException {
        String written = lastChunk(Wire.fields(name.lowerCase() + ": 1"), HopByHop.NONE);
        assertThat(written.equals("0\r\n\r\n")).isEqualTo(TrailerRules.forbidden(name));
    }

    @ParameterizedTest
    @EnumSource(
            names = {
                "HOST",
                "CONTENT_LENGTH",
                "TRANSFER_ENCODING",
                "CONNECTION",
                "PROXY_CONNECTION",
                "KEEP_ALIVE",
                "TE",
                "TRAILER",
                "UPGRADE",
                "PROXY_AUTHORIZATION",
                "HTTP2_SETTINGS"
            })
    void forbidsFramingRoutingAndConnectionInTrailers(FieldName name) {
        assertThat(TrailerRules.forbidden(name)).isTrue();
    }

    @ParameterizedTest
    @EnumSource(names = {"OTHER", "CONTENT_TYPE", "VIA", "WWW_AUTHENTICATE", "PROXY_AUTHENTICATION_INFO"})
    void allowsOtherTrailers(FieldName name) {
        assertThat(TrailerRules.forbidden(name)).isFalse();
    }
}
