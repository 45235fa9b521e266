package io.github.captureproxy.exchange;

import static io.github.captureproxy.exchange.CodedBodies.BROTLI;
import static io.github.captureproxy.exchange.CodedBodies.BROTLI_EMPTY;
import static io.github.captureproxy.exchange.CodedBodies.BROTLI_TEXT;
import static io.github.captureproxy.exchange.CodedBodies.BROTLI_ZEROS;
import static io.github.captureproxy.exchange.CodedBodies.body;
import static io.github.captureproxy.exchange.CodedBodies.coded;
import static io.github.captureproxy.exchange.CodedBodies.cut;
import static io.github.captureproxy.exchange.CodedBodies.gzip;
import static io.github.captureproxy.exchange.CodedBodies.join;
import static io.github.captureproxy.exchange.CodedBodies.zstd;
import static java.nio.charset.StandardCharsets.US_ASCII;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.Arrays;
import java.util.Collections;
import java.util.Objects;
import java.util.Random;
import java.util.zip.CRC32;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.Size;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class CapturedBodyDecodingTest {
    private static final byte[] TEXT = "The quick brown fox. ".repeat(2_000).getBytes(US_ASCII);

    @ParameterizedTest
    @CsvSource({"gzip,gzip", "x-gzip,x-gzip", "deflate,deflate", "raw deflate,deflate", "zstd,zstd", "gzip,GZip"})
    void eachCodingIsUndone(String how, String field) {
        assertThat(body(coded(how, TEXT), field).decoded()).isEqualTo(TEXT);
        assertThat(body(coded(how, new byte[0]), field).decoded()).isEmpty();
    }

    @Test
    void brotliIsUndone() {
        assertThat(body(BROTLI, "br").decoded()).isEqualTo(BROTLI_TEXT);
        assertThat(body(BROTLI_EMPTY, "br").decoded()).isEmpty();
        assertThat(body(BROTLI_ZEROS, "br").decoded()).isEqualTo(new byte[300_000]);
    }

    @Property(tries = 60)
    void whatWasCodedComesBack(@ForAll @Size(max = 3_000) byte[] plain) {
        for (String how : new String[] {"gzip", "deflate", "raw deflate", "zstd"}) {
            String field = how.equals("raw deflate") ? "deflate" : how;
            assertThat(body(coded(how, plain), field).decoded()).isEqualTo(plain);
        }
    }

    @Test
    void largeRandomDataComesBack() {
        byte[] plain = new byte[700_000];
        new Random(42).nextBytes(plain);
        for (String how : new String[] {"gzip", "deflate", "zstd"}) {
            assertThat(body(coded(how, plain), how).decoded()).isEqualTo(plain);
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"identity", "", " , ,identity"})
    void aBodyWithoutACodingStaysAsItIs(String field) {
        assertThat(body(TEXT, field).decoded(10)).isEqualTo(TEXT);
    }

    @Test
    void stackedCodingsAreUndoneLastFirst() {
        byte[] twice = zstd(gzip(TEXT));

        assertThat(body(twice, "gzip, identity, zstd").decoded()).isEqualTo(TEXT);
        assertThat(CapturedBody.of(twice, HeaderList.of("Content-Encoding", "gzip", "content-encoding", "zstd"))
                        .decoded())
                .isEqualTo(TEXT);
        assertThat(body(gzip(gzip(BROTLI)), "br,gzip,gzip").decoded()).isEqualTo(BROTLI_TEXT);
    }

    @Test
    void moreCodingsThanAnyoneStacksAreRefused() {
        assertThatThrownBy(() -> body(gzip(TEXT), "gzip,".repeat(9)).decoded())
                .isInstanceOf(ContentDecodingException.class)
                .hasMessageContaining("9 are stacked");
    }

    @Test
    void allMembersOfGzipAreReadAndWhatFollowsIsPassedOver() {
        byte[] members = join(gzip(TEXT), gzip(new byte[0]), gzip(BROTLI_TEXT));

        assertThat(body(members, "gzip").decoded()).isEqualTo(join(TEXT, BROTLI_TEXT));
        assertThat(body(join(members, new byte[512]), "gzip").decoded()).isEqualTo(join(TEXT, BROTLI_TEXT));
        assertThat(body(join(members, new byte[] {0x1f}), "gzip").decoded()).isEqualTo(join(TEXT, BROTLI_TEXT));
    }

    @Test
    void aGzipHeaderMayHaveAllItsOptionalParts() {
        byte[] plain = gzip(TEXT);
        byte[] header = {0x1f, (byte) 0x8b, 8, 2 | 4 | 8 | 16, 0, 0, 0, 0, 0, 3};
        byte[] options = join(new byte[] {3, 0, 1, 2, 3}, "name\0comment\0".getBytes(US_ASCII), new byte[2]);

        byte[] all = join(header, options, Arrays.copyOfRange(plain, 10, plain.length));

        assertThat(body(all, "gzip").decoded()).isEqualTo(TEXT);
    }

    @ParameterizedTest
    @ValueSource(strings = {"gzip", "deflate", "zstd"})
    void aBombStopsAtTheLimit(String coding) {
        byte[] bomb = coded(coding, new byte[3_000_000]);

        assertThat(body(bomb, coding).decoded(3_000_000)).hasSize(3_000_000);
        assertThatThrownBy(() -> body(bomb, coding).decoded(2_999_999))
                .isInstanceOf(ContentDecodingException.class)
                .hasMessageContaining(coding)
                .hasMessageContaining("more than 2999999 bytes")
                .hasMessageContaining("decoded(maxBytes)");
    }

    @Test
    void aBrotliBombStopsAtTheLimit() {
        assertThatThrownBy(() -> body(BROTLI_ZEROS, "br").decoded(299_999))
                .isInstanceOf(ContentDecodingException.class);
    }

    @Test
    void anInnerCodingIsBoundedToo() {
        // Two million bytes of nothing but empty members: little comes out, much has to be worked through.
        byte[] members = join(Collections.nCopies(100_000, gzip(new byte[0])).toArray(byte[][]::new));

        assertThatThrownBy(() -> body(gzip(members), "gzip, gzip").decoded(1_000_000))
                .isInstanceOf(ContentDecodingException.class);
    }

    @Test
    void anUnknownCodingIsNamed() {
        CapturedBody body = body(TEXT, "compress\u0001");

        assertThatThrownBy(body::decoded)
                .isInstanceOf(ContentDecodingException.class)
                .hasMessageContaining("'compress?'")
                .hasMessageContaining("bytes()");
        assertThat(body.bytes()).isEqualTo(TEXT);
    }

    @ParameterizedTest
    @ValueSource(strings = {"gzip", "deflate", "br", "zstd"})
    void whatIsNotCodedAtAllIsBroken(String coding) {
        byte[] noise = new byte[2_000];
        new Random(7).nextBytes(noise);

        assertThatThrownBy(() -> body(noise, coding).decoded())
                .isInstanceOf(ContentDecodingException.class)
                .hasMessageContaining(coding)
                .hasMessageContaining("broken");
    }

    @ParameterizedTest
    @ValueSource(strings = {"gzip", "deflate"})
    void aWrongChecksumIsBroken(String coding) {
        byte[] bytes = coded(coding, TEXT);
        bytes[bytes.length - (coding.equals("gzip") ? 5 : 1)] ^= 1;

        assertThatThrownBy(() -> body(bytes, coding).decoded()).isInstanceOf(ContentDecodingException.class);
    }

    @ParameterizedTest
    @ValueSource(strings = {"gzip", "deflate", "raw deflate", "zstd", "br"})
    void aWholeMessageWhoseCodingEndsEarlyIsAClearErrorAtEveryByte(String how) {
        byte[] whole = how.equals("br") ? BROTLI : coded(how, noise(600));
        String field = how.equals("raw deflate") ? "deflate" : how;
        for (int length = 1; length < whole.length; length++) {
            CapturedBody body = body(Arrays.copyOf(whole, length), field);
            assertThatThrownBy(body::decoded)
                    .as("%d of %d bytes", length, whole.length)
                    .isInstanceOf(ContentDecodingException.class);
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"gzip", "deflate", "raw deflate", "zstd", "br"})
    void aCutBodyIsDecodedAsFarAsItGoesAtEveryByte(String how) {
        byte[] plain = how.equals("br") ? BROTLI_TEXT : noise(600);
        byte[] whole = how.equals("br") ? BROTLI : coded(how, plain);
        String field = how.equals("raw deflate") ? "deflate" : how;
        int before = 0;
        for (int length = 0; length < whole.length; length++) {
            byte[] decoded = cut(whole, length, field).decoded();
            assertThat(decoded).isEqualTo(Arrays.copyOf(plain, decoded.length));
            assertThat(decoded.length).isGreaterThanOrEqualTo(before);
            before = decoded.length;
        }
        if (field.equals("gzip") || field.equals("deflate")) {
            assertThat(before).isEqualTo(plain.length);
        }
    }

    @Test
    void aCutBodyInZstandardKeepsItsWholeFrames() {
        byte[] plain = noise(300_000);
        byte[] whole = join(zstd(plain), zstd(plain));

        assertThat(body(whole, "zstd").decoded()).isEqualTo(join(plain, plain));
        assertThat(cut(whole, whole.length - 1, "zstd").decoded()).isEqualTo(plain);
    }

    @Test
    void aCutBodyInBrotliIsDecodedWithoutMakingBytesUp() throws IOException {
        byte[] whole;
        try (InputStream in = CapturedBodyDecodingTest.class.getResourceAsStream("letters.br")) {
            whole = Objects.requireNonNull(in).readAllBytes();
        }
        byte[] plain = body(whole, "br").decoded();
        assertThat(plain).hasSize(32_000);
        for (int length = whole.length - 60; length < whole.length; length++) {
            byte[] decoded = cut(whole, length, "br").decoded();
            assertThat(decoded).isEqualTo(Arrays.copyOf(plain, decoded.length)).hasSizeGreaterThan(8_000);
        }
    }

    @Test
    void aCutBodyOfStackedCodingsIsDecodedAsFarAsItGoes() {
        byte[] plain = noise(5_000);
        byte[] whole = gzip(coded("deflate", plain));

        byte[] decoded = cut(whole, whole.length / 2, "deflate, gzip").decoded();

        assertThat(decoded).isEqualTo(Arrays.copyOf(plain, decoded.length)).hasSizeGreaterThan(1_000);
    }

    @Test
    void anIncompleteMessageIsDecodedAsFarAsItGoes() {
        byte[] half = Arrays.copyOf(gzip(noise(5_000)), 2_500);
        CapturedBody body = CapturedBody.of(
                CapturedBody.inMemory(half), half.length, false, null, HeaderList.of("content-encoding", "gzip"));

        assertThat(body.decoded()).hasSizeGreaterThan(1_000);
    }

    @Property(tries = 300)
    void noFlippedBitThrowsAnythingButTheClearError(@ForAll int seed) {
        Random random = new Random(seed);
        for (String how : new String[] {"gzip", "deflate", "zstd", "br"}) {
            byte[] bytes = how.equals("br") ? BROTLI.clone() : coded(how, noise(300));
            bytes[random.nextInt(bytes.length)] ^= (byte) (1 << random.nextInt(8));
            for (CapturedBody body : new CapturedBody[] {body(bytes, how), cut(bytes, bytes.length - 1, how)}) {
                try {
                    body.decoded(1_000_000);
                } catch (ContentDecodingException expected) {
                    assertThat(expected).hasMessageContaining(how);
                }
            }
        }
    }

    @Test
    void aFileThatCannotBeReadIsNoBrokenCoding() {
        BodySource gone = new BodySource() {
            @Override
            public long length() {
                return 10;
            }

            @Override
            public InputStream open() {
                return new InputStream() {
                    @Override
                    public int read() throws IOException {
                        throw new IOException("gone");
                    }

                    @Override
                    public int read(byte[] into, int offset, int length) throws IOException {
                        throw new IOException("gone");
                    }
                };
            }
        };
        for (String coding : new String[] {"gzip", "br", "zstd", "identity"}) {
            CapturedBody body = CapturedBody.of(gone, 10, true, null, HeaderList.of("content-encoding", coding));
            assertThatThrownBy(body::decoded).isInstanceOf(UncheckedIOException.class);
        }
    }

    @Test
    void theBytesStayAsTheyWereOnTheWire() throws IOException {
        byte[] bytes = gzip(TEXT);
        CapturedBody body = body(bytes, "gzip");

        body.bytes()[0] = 0;

        assertThat(body.bytes()).isEqualTo(bytes);
        try (InputStream in = body.open()) {
            assertThat(in).isInstanceOf(ByteArrayInputStream.class);
            assertThat(in.readAllBytes()).isEqualTo(bytes);
        }
    }

    /** Bytes of little redundancy, so that coded data has one byte for about each of them. */
    private static byte[] noise(int length) {
        byte[] bytes = new byte[length];
        Random random = new Random(new CRC32().getValue() + length);
        for (int i = 0; i < length; i++) {
            bytes[i] = (byte) ('a' + random.nextInt(20));
        }
        return bytes;
    }
}
