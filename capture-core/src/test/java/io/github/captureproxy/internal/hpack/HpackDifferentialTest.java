package io.github.captureproxy.internal.hpack;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import org.apache.hc.core5.http.Header;
import org.apache.hc.core5.http.message.BasicHeader;
import org.apache.hc.core5.http2.hpack.HPackDecoder;
import org.apache.hc.core5.http2.hpack.HPackEncoder;
import org.apache.hc.core5.util.ByteArrayBuffer;

/** Against the encoder and the decoder of HttpCore, over many blocks of one connection. */
class HpackDifferentialTest {

    private static final int TRIES = 300;

    @Property(tries = TRIES)
    void theirDecoderReadsWhatOursWrites(@ForAll("blocks") List<List<String>> blocks) throws Exception {
        HpackEncoder ours = new HpackEncoder(4096);
        HPackDecoder theirs = new HPackDecoder(4096, StandardCharsets.ISO_8859_1);
        for (List<String> block : blocks) {
            List<Header> read = theirs.decodeHeaders(ByteBuffer.wrap(HpackTranscript.encode(ours, block)));
            assertThat(read)
                    .map(header -> header.getName() + ": " + header.getValue())
                    .isEqualTo(block);
        }
    }

    @Property(tries = TRIES)
    void oursReadsWhatTheirEncoderWrites(@ForAll("blocksWithValues") List<List<String>> blocks) throws Exception {
        HPackEncoder theirs = new HPackEncoder(4096, StandardCharsets.ISO_8859_1);
        HpackDecoder ours = new HpackDecoder(4096);
        for (List<String> block : blocks) {
            ByteArrayBuffer written = new ByteArrayBuffer(100);
            for (String line : block) {
                int nameEnd = line.indexOf(": ");
                theirs.encodeHeader(written, new BasicHeader(line.substring(0, nameEnd), line.substring(nameEnd + 2)));
            }
            byte[] bytes = Arrays.copyOf(written.array(), written.length());
            assertThat(HpackTranscript.decode(ours, bytes)).isEqualTo(block);
        }
    }

    @Provide
    Arbitrary<List<List<String>>> blocks() {
        return HpackArbitraries.lines().list().ofMaxSize(15).list().ofMaxSize(20);
    }

    /** Their encoder, made for other bytes than ASCII, throws at an empty value if that comes first. */
    @Provide
    Arbitrary<List<List<String>>> blocksWithValues() {
        return HpackArbitraries.lines()
                .filter(line -> !line.endsWith(": "))
                .list()
                .ofMaxSize(15)
                .list()
                .ofMaxSize(20);
    }
}
