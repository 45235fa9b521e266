package io.github.captureproxy.internal.wire;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.captureproxy.internal.wire.FirstBytes.Kind;
import java.nio.ByteBuffer;
import java.util.Arrays;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.Size;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class FirstBytesTest {

    private static final String PREFACE = "PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n";
    private static final String TLS = "\u0016\u0003\u0001\u0002\u0000\u0001";

    @ParameterizedTest
    @ValueSource(
            strings = {
                "GET / HTTP/1.1\r\n",
                "GET / HTTP/1.0\r\n",
                "OPTIONS * HTTP/1.1\r\n",
                "POST http://example.org/a?b=|{}\"^\u00e9 HTTP/1.1\r\n",
                "M-SEARCH * HTTP/1.1\r\n",
                "UPDATEREDIRECTREF /r HTTP/1.1\r\n",
                "PRI /p HTTP/1.1\r\n"
            })
    void aRequestLineIsHttpOnceItIsWhole(String line) {
        assertDecidedAt(line.length(), line + "Host: x\r\n\r\n", Kind.HTTP1);
    }

    @ParameterizedTest
    @ValueSource(strings = {"FROBNICATE /x HTTP/1.1\r\n", "get /x HTTP/1.0\r\n", "*1 / HTTP/1.1\r\n"})
    void aMethodThatIsNotRegisteredIsWaitedForFromItsSlashOn(String line) {
        int slash = line.indexOf('/') + 1;
        for (int i = slash; i < line.length(); i++) {
            assertThat(kind(line.substring(0, i))).as("%s bytes", i).isEqualTo(Kind.NEED_MORE);
        }
        assertThat(kind(line)).isEqualTo(Kind.HTTP1);
        assertThat(kind(line.substring(0, slash - 1))).isEqualTo(Kind.OTHER);
    }

    @Test
    void theHttp2PrefaceIsKnownByItsLastByte() {
        assertDecidedAt(PREFACE.length(), PREFACE + "\u0000\u0000\u0000\u0004", Kind.HTTP2_PREFACE);
    }

    @ParameterizedTest
    @ValueSource(strings = {"PRI * HTTP/2.0\r\n\r\nSM\r\n\r ", "PRI * HTTP/2.0\r\nX", "PRI * HTTP/1.1\r\n", "PRI *x"})
    void aPrefaceWithAFlawIsOther(String text) {
        assertThat(kind(text)).isEqualTo(Kind.OTHER);
    }

    @Test
    void aClientHelloIsKnownAtSixBytes() {
        assertDecidedAt(6, TLS + "\u0000\u0001\u00fc", Kind.TLS);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "\u0015\u0003\u0001\u0000\u0002\u0002", // an alert
                "\u0016\u0002", // no TLS
                "\u0016\u0003\u0005",
                "\u0016\u0003\u0001\u0041", // longer than a record
                "\u0016\u0003\u0001\u0040\u0001",
                "\u0016\u0003\u0001\u0000\u0000",
                "\u0016\u0003\u0001\u0002\u0000\u0002", // a ServerHello
                "\u0080\u002e\u0001\u0003\u0001", // an SSLv2 hello
            })
    void whatOnlyResemblesAClientHelloIsOther(String text) {
        assertThat(kind(text)).isEqualTo(Kind.OTHER);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "SSH-2.0-OpenSSH_9.6\r\n",
                "SSH-2.0-OpenSSH_9.6 Ubuntu-3\r\n",
                "EHLO mail.example.org\r\n",
                "HELO x\r\n",
                "USER bob\r\n",
                "NICK bob\r\n",
                "JOIN #channel\r\n",
                "*1\r\n$4\r\nPING\r\n",
                "PING\r\n",
                "GET key\r\n",
                "get key\r\n",
                "CONNECT\naccept-version:1.2\n\n\u0000",
                "STOMP\nhost:x\n\n\u0000",
                "<?xml version='1.0'?><stream:stream>",
                "OPTIONS rtsp://host/x RTSP/1.0\r\n",
                "OPTIONS icap://host/x ICAP/1.0\r\n",
                "REGISTER sip:x SIP/2.0\r\n",
                "PROXY TCP4 1.2.3.4 5.6.7.8 1 2\r\n",
                "0032git-upload-pack /project.git\u0000host=x\u0000",
                "CONNECT other.example:443 HTTP/1.1\r\n",
                "GET /\r\n",
                "GET / HTTP/1.1\n",
                "GET / HTTP/1.2\r\n",
                "GET / HTTP/2.0\r\n",
                "GET / HTTP/1.1x",
                "GET / http/1.1\r\n",
                "GET  / HTTP/1.1\r\n",
                "GET /a b HTTP/1.1\r\n",
                "GET\t/ HTTP/1.1\r\n",
                "GET /\u007f",
                " GET / HTTP/1.1\r\n",
                "\r\nGET / HTTP/1.1\r\n",
                "AMQP\u0000\u0000\u0009\u0001",
                "\u0005\u0001\u0000"
            })
    void otherProtocolsAreNeverHttp(String text) {
        assertThat(kind(text)).isEqualTo(Kind.OTHER);
        for (int i = 0; i < text.length(); i++) {
            assertThat(kind(text.substring(0, i))).as("%s bytes", i).isIn(Kind.NEED_MORE, Kind.OTHER);
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"JDWP-Handshake", "hello", "hello world", "PING", "ping", "*1", "0", "SSH-2.0-x", "quit"})
    void noMessageWithoutALineEndIsHeldBack(String text) {
        assertThat(kind(text)).isEqualTo(Kind.OTHER);
    }

    @Test
    void aLineIsWaitedForUpToALimit() {
        String begun = "GET /" + "x".repeat(RequestLineSniffer.MAX_LINE_BYTES - 6);
        assertThat(kind(begun)).isEqualTo(Kind.NEED_MORE);
        assertThat(kind(begun + " HTTP/1.1\r\n")).isEqualTo(Kind.HTTP1);
        assertThat(kind(begun + "x")).isEqualTo(Kind.OTHER);
        assertThat(kind(begun + "x HTTP/1.1\r\n")).isEqualTo(Kind.OTHER);
    }

    @Test
    void aMethodMayHave32Characters() {
        assertThat(kind("M".repeat(32) + " / HTTP/1.1\r\n")).isEqualTo(Kind.HTTP1);
        assertThat(kind("M".repeat(33) + " / HTTP/1.1\r\n")).isEqualTo(Kind.OTHER);
    }

    @Test
    void noByteIsConsumedAndNoneOutsideTheWindowIsRead() {
        ByteBuffer buf = ByteBuffer.wrap(Wire.bytes("xxGET / HTTP/1.1\r\nyy")).position(2);
        assertThat(FirstBytes.of(buf)).isEqualTo(Kind.HTTP1);
        assertThat(buf.position()).isEqualTo(2);
        assertThat(FirstBytes.of(buf.duplicate().limit(17))).isEqualTo(Kind.NEED_MORE);
        assertThat(FirstBytes.of(buf.asReadOnlyBuffer())).isEqualTo(Kind.HTTP1);
    }

    @Property(tries = 2000)
    void whatIsDecidedStaysDecided(@ForAll @Size(max = 60) byte[] garbage, @ForAll Start start) {
        byte[] bytes = Arrays.copyOf(Wire.bytes(start.text), start.text.length() + garbage.length);
        System.arraycopy(garbage, 0, bytes, start.text.length(), garbage.length);
        Kind before = Kind.NEED_MORE;
        for (int i = 0; i <= bytes.length; i++) {
            Kind now = FirstBytes.of(ByteBuffer.wrap(bytes, 0, i));
            if (before != Kind.NEED_MORE && !(before == Kind.OTHER && i <= RequestLineSniffer.MAX_METHOD_BYTES + 2)) {
                assertThat(now).isEqualTo(before);
            }
            before = now;
        }
    }

    @Property(tries = 2000)
    void garbageIsNeverHttp(@ForAll @Size(min = 1, max = 200) byte[] garbage) {
        assertThat(FirstBytes.of(ByteBuffer.wrap(garbage))).isNotIn(Kind.HTTP1, Kind.HTTP2_PREFACE);
    }

    /** What garbage is put behind. */
    enum Start {
        NOTHING(""),
        METHOD("GET "),
        TARGET("POST /x"),
        VERSION("GET / HTTP/1."),
        LINE("GET / HTTP/1.1\r\n"),
        H2(PREFACE.substring(0, 18)),
        RECORD("\u0016\u0003"),
        HELLO(TLS);

        private final String text;

        Start(String text) {
            this.text = text;
        }
    }

    private static void assertDecidedAt(int count, String text, Kind kind) {
        for (int i = 0; i <= text.length(); i++) {
            assertThat(kind(text.substring(0, i))).as("%s bytes", i).isEqualTo(i < count ? Kind.NEED_MORE : kind);
        }
    }

    private static Kind kind(String text) {
        return FirstBytes.of(ByteBuffer.wrap(Wire.bytes(text)));
    }
}
