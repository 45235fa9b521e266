package io.github.captureproxy.internal.wire;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.captureproxy.internal.wire.ClientHelloParser.Result;
import io.github.captureproxy.internal.wire.ClientHelloParser.Status;
import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.List;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.Size;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ClientHelloParserTest {

    private static final int RECORD_HEADER = TlsRecord.HEADER_BYTES;

    @Test
    void theHelloOfAJdkClientForBothVersionsIsRead() throws Exception {
        ParsedHello hello = hello(Hello.jsse("www.example.org", List.of("h2", "http/1.1"), "TLSv1.3", "TLSv1.2"));
        assertThat(hello.legacyVersion()).isEqualTo(0x0303);
        assertThat(hello.supportedVersions()).containsExactly(0x0304, 0x0303);
        assertThat(hello.serverName()).contains("www.example.org");
        assertThat(hello.rawServerName()).hasValue(Wire.bytes("www.example.org"));
        assertThat(hello.applicationProtocols()).containsExactly("h2", "http/1.1");
        assertThat(hello.sessionIdLength()).isEqualTo(32);
        assertThat(hello.cipherSuites()).contains(0x1301, 0x1302, 0xc02f);
        assertThat(hello.compressionMethods()).containsExactly(0);
        assertThat(hello.extensionTypes())
                .contains(HelloExtensions.SERVER_NAME, HelloExtensions.KEY_SHARE)
                .doesNotHaveDuplicates();
        assertThat(hello.supportedGroups()).contains(0x001d, 0x0017);
        assertThat(hello.signatureAlgorithms()).contains(0x0403, 0x0804);
        assertThat(hello.keyShareGroups()).contains(0x001d);
        assertThat(hello.hasEarlyData()).isFalse();
        assertThat(hello.hasPreSharedKey()).isFalse();
        assertThat(hello.hasEncryptedClientHello()).isFalse();
        assertThat(hello.toString())
                .contains("www.example.org")
                .contains("t13d")
                .doesNotContain("\n");
    }

    @Test
    void theHelloOfAJdkClientForTls12IsRead() throws Exception {
        ParsedHello hello = hello(Hello.jsse("old.example", List.of(), "TLSv1.2"));
        assertThat(hello.supportedVersions()).doesNotContain(0x0304);
        assertThat(hello.applicationProtocols()).isEmpty();
        assertThat(hello.keyShareGroups()).isEmpty();
        assertThat(hello.ja4()).startsWith("t12d").contains("00_");
    }

    @Test
    void aHelloIsWholeAtItsLastByteAndNotBefore() throws Exception {
        byte[] bytes = Hello.jsse("www.example.org", List.of("h2"), "TLSv1.3", "TLSv1.2");
        for (int i = 0; i < bytes.length; i++) {
            assertThat(parse(Arrays.copyOf(bytes, i)).status())
                    .as("%s bytes", i)
                    .isEqualTo(Status.NEED_MORE);
        }
        assertThat(parse(bytes).status()).isEqualTo(Status.HELLO);
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 2, 3, 4, 5, 7, 100, 300})
    void aHelloMayBeSpreadOverRecords(int size) throws Exception {
        byte[] whole = Hello.jsse("www.example.org", List.of("h2"), "TLSv1.3", "TLSv1.2");
        byte[] bytes = Hello.records(Arrays.copyOfRange(whole, RECORD_HEADER, whole.length), size);
        assertThat(parse(Arrays.copyOf(bytes, bytes.length - 1)).status()).isEqualTo(Status.NEED_MORE);
        assertThat(hello(bytes).toString()).isEqualTo(hello(whole).toString());
        for (int i = 0; i < bytes.length; i++) {
            assertThat(parse(Arrays.copyOf(bytes, i)).status()).isEqualTo(Status.NEED_MORE);
        }
    }

    @Test
    void whatFollowsInALaterRecordIsNotLookedAt() {
        byte[] bytes = Hello.concat(Hello.tls12().record(), new byte[] {23, 3, 3, 0, 1, 99}, new byte[] {'x'});
        assertThat(parse(bytes).status()).isEqualTo(Status.HELLO);
    }

    @Test
    void nothingMayFollowInTheSameRecord() {
        byte[] message = Hello.tls12().message();
        byte[] bytes = Hello.records(Arrays.copyOf(message, message.length + 1), 1 << 14);
        assertThat(parse(bytes).status()).isEqualTo(Status.NOT_TLS);
        assertThat(parse(Arrays.copyOf(bytes, bytes.length - 1)).status()).isEqualTo(Status.NOT_TLS);
    }

    @Test
    void postQuantumKeySharesFit() {
        byte[] shares = Hello.concat(
                Hello.u16(0x2a2a),
                Hello.vector(2, new byte[1]),
                Hello.u16(0x11ec),
                Hello.vector(2, new byte[1216]),
                Hello.u16(0x11ed),
                Hello.vector(2, new byte[1665]));
        byte[] bytes = Hello.tls12()
                .extension(HelloExtensions.KEY_SHARE, Hello.vector(2, shares))
                .record();
        assertThat(hello(bytes).keyShareGroups()).containsExactly(0x2a2a, 0x11ec, 0x11ed);
    }

    @Test
    void aHelloWithoutExtensionsIsOneToo() {
        ParsedHello hello = hello(Hello.tls12().legacyVersion(0x0301).record());
        assertThat(hello.extensionTypes()).isEmpty();
        assertThat(hello.serverName()).isEmpty();
        assertThat(hello.rawServerName()).isEmpty();
        assertThat(hello.sessionIdLength()).isEqualTo(8);
    }

    @Test
    void theExtensionsThatAreOnlyFlagsAreSeen() {
        ParsedHello hello = hello(Hello.tls12()
                .extension(HelloExtensions.EARLY_DATA)
                .extension(HelloExtensions.ENCRYPTED_CLIENT_HELLO, (byte) 1)
                .extension(HelloExtensions.PRE_SHARED_KEY, (byte) 1)
                .record());
        assertThat(hello.hasEarlyData()).isTrue();
        assertThat(hello.hasPreSharedKey()).isTrue();
        assertThat(hello.hasEncryptedClientHello()).isTrue();
    }

    @ParameterizedTest
    @ValueSource(strings = {"a", "www.Example.ORG", "my_host", "xn--bcher-kva.example", "1.2.3.4.example", "3com"})
    void hostNamesAreTakenAsTheyWereSent(String name) {
        assertThat(hello(Hello.tls12().serverName(name).record()).serverName()).contains(name);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"a.b.", ".a", "a..b", "b\u00fccher.example", "10.0.0.1", "::1", "a b", "-a.b", "a-.b", "a\u0000b"
            })
    void otherNamesAreKeptRawOnly(String name) {
        ParsedHello hello = hello(Hello.tls12().serverName(name).record());
        assertThat(hello.serverName()).isEmpty();
        assertThat(hello.rawServerName()).hasValue(Wire.bytes(name));
    }

    @Test
    void namesThatAreTooLongAreKeptRawOnly() {
        for (String name : List.of("a".repeat(64), "a.".repeat(127) + "a")) {
            ParsedHello hello = hello(Hello.tls12().serverName(name).record());
            assertThat(hello.serverName()).isEmpty();
            assertThat(hello.rawServerName()).isPresent();
        }
    }

    @Test
    void arraysHandedOutAreCopies() {
        ParsedHello hello = hello(Hello.tls12().record());
        hello.cipherSuites()[0] = 7;
        assertThat(hello.cipherSuites()).containsExactly(0x1301);
    }

    @Test
    void malformedHellosAreNotTls() {
        byte[] twoNames = Hello.concat(
                new byte[] {0}, Hello.vector(2, new byte[] {'a'}), new byte[] {0}, Hello.vector(2, new byte[] {'b'}));
        byte[] duplicated = Hello.concat(Hello.u16(23), Hello.u16(0), Hello.u16(23), Hello.u16(0));
        List<Hello> malformed = List.of(
                Hello.tls12().legacyVersion(0x0203),
                Hello.tls12().suites(),
                Hello.tls12().behind(Hello.vector(2, duplicated)),
                Hello.tls12().behind((byte) 0),
                Hello.tls12().extension(23).behind((byte) 0),
                Hello.tls12().serverName(""),
                Hello.tls12().extension(HelloExtensions.SERVER_NAME),
                Hello.tls12().extension(HelloExtensions.SERVER_NAME, Hello.vector(2, twoNames)),
                Hello.tls12().alpn(),
                Hello.tls12().alpn("h2", ""),
                Hello.tls12().list(HelloExtensions.SUPPORTED_VERSIONS, 1),
                Hello.tls12().extension(HelloExtensions.SUPPORTED_VERSIONS, (byte) 3, (byte) 3, (byte) 4, (byte) 3),
                Hello.tls12().extension(HelloExtensions.SUPPORTED_GROUPS, (byte) 0, (byte) 2, (byte) 0),
                Hello.tls12().extension(HelloExtensions.SIGNATURE_ALGORITHMS, new byte[5]),
                Hello.tls12().extension(HelloExtensions.KEY_SHARE, Hello.vector(2, Hello.u16(29, 0))));
        for (Hello hello : malformed) {
            assertThat(parse(hello.record()).status()).isEqualTo(Status.NOT_TLS);
        }
    }

    @ParameterizedTest
    @ValueSource(ints = {0, 1, 2, 3, 5})
    void wrongHeadersAreNotTls(int index) {
        byte[] bytes = Hello.tls12().record();
        bytes[index] ^= 0x55;
        assertThat(parse(bytes).status()).isEqualTo(Status.NOT_TLS);
    }

    @Test
    void anotherRecordTypeBetweenIsNotTls() {
        byte[] message = Hello.tls12().message();
        byte[] bytes = Hello.records(message, 10);
        bytes[RECORD_HEADER + 10] = 20;
        assertThat(parse(bytes).status()).isEqualTo(Status.NOT_TLS);
    }

    @Test
    void aHelloMayTakeSoManyBytesAndNoMore() {
        byte[] most = Hello.records(padded(ClientHelloParser.MAX_BYTES - 4 * RECORD_HEADER), 1 << 14);
        assertThat(parse(most).status()).isEqualTo(Status.HELLO);
        byte[] more = Hello.records(padded(ClientHelloParser.MAX_BYTES - 4 * RECORD_HEADER + 1), 1 << 14);
        assertThat(parse(more).status()).isEqualTo(Status.NOT_TLS);
        assertThat(parse(Arrays.copyOf(more, more.length - 2)).status()).isEqualTo(Status.NEED_MORE);
        assertThat(parse(new byte[] {22, 3, 1, 1, 0, 1, 1, 0, 0}).status()).isEqualTo(Status.NOT_TLS);
    }

    @Test
    void theBufferIsLeftAsItWas() {
        byte[] record = Hello.tls12().record();
        ByteBuffer buf = ByteBuffer.allocateDirect(record.length + 4)
                .position(3)
                .put(record)
                .flip()
                .position(3);
        assertThat(ClientHelloParser.parse(buf).status()).isEqualTo(Status.HELLO);
        assertThat(buf.position()).isEqualTo(3);
        assertThat(buf.remaining()).isEqualTo(record.length);
    }

    @Property(tries = 3000)
    void flippedBitsNeverThrow(@ForAll @Size(max = 4) List<@IntRange(max = 8000) Integer> bits, @ForAll boolean split)
            throws Exception {
        byte[] bytes = full().record();
        if (split) {
            bytes = Hello.records(full().message(), 37);
        }
        for (int bit : bits) {
            bytes[bit / 8 % bytes.length] ^= (byte) (1 << bit % 8);
        }
        assertSameAtEverySplit(bytes);
    }

    @Property(tries = 1000)
    void garbageNeverThrows(@ForAll @Size(max = 100) byte[] garbage) {
        assertSameAtEverySplit(Hello.concat(new byte[] {22, 3, 1, 0, 90, 1, 0, 0, 86, 3, 3}, garbage));
        assertSameAtEverySplit(garbage);
    }

    /** Once decided, more bytes change nothing. */
    private static void assertSameAtEverySplit(byte[] bytes) {
        Status before = Status.NEED_MORE;
        for (int i = 0; i <= bytes.length; i++) {
            Result result = ClientHelloParser.parse(ByteBuffer.wrap(bytes, 0, i));
            if (before != Status.NEED_MORE) {
                assertThat(result.status()).isEqualTo(before);
            }
            before = result.status();
            result.hello().ifPresent(hello -> assertThat(hello.fingerprint()).hasSize(32));
        }
        parse(bytes).hello().ifPresent(hello -> assertThat(hello.ja4()).matches("t.{9}_[0-9a-f]{12}_[0-9a-f]{12}"));
    }

    private static Hello full() {
        return Hello.tls12()
                .serverName("www.example.org")
                .alpn("h2", "http/1.1")
                .list(HelloExtensions.SUPPORTED_VERSIONS, 1, 0x0a0a, 0x0304, 0x0303)
                .list(HelloExtensions.SUPPORTED_GROUPS, 2, 29, 23)
                .list(HelloExtensions.SIGNATURE_ALGORITHMS, 2, 0x0403, 0x0804)
                .extension(HelloExtensions.KEY_SHARE, Hello.vector(2, Hello.concat(Hello.u16(29, 4), new byte[4])));
    }

    /** A message of so many bytes. */
    private static byte[] padded(int size) {
        int without = Hello.tls12().extension(HelloExtensions.PADDING).message().length;
        return Hello.tls12()
                .extension(HelloExtensions.PADDING, new byte[size - without])
                .message();
    }

    private static Result parse(byte[] bytes) {
        return ClientHelloParser.parse(ByteBuffer.wrap(bytes));
    }

    private static ParsedHello hello(byte[] bytes) {
        return parse(bytes).hello().orElseThrow();
    }
}
