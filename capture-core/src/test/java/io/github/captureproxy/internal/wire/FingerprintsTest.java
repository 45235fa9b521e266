package io.github.captureproxy.internal.wire;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.ByteBuffer;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class FingerprintsTest {

    private static final int[] SUITES = {
        0x1301, 0x1302, 0x1303, 0xc02b, 0xc02f, 0xc02c, 0xc030, 0xcca9, 0xcca8, 0xc013, 0xc014, 0x009c, 0x009d, 0x002f,
        0x0035
    };
    private static final int[] ALGORITHMS = {0x0403, 0x0804, 0x0401, 0x0503, 0x0805, 0x0501, 0x0806, 0x0601};

    /** The worked example of the JA4 description, in its order of extensions. */
    private static Hello example() {
        return Hello.tls12()
                .suites(SUITES)
                .extension(0x001b, (byte) 2, (byte) 0, (byte) 2)
                .serverName("example.org")
                .extension(HelloExtensions.KEY_SHARE, Hello.vector(2, Hello.concat(Hello.u16(29, 1), new byte[1])))
                .alpn("h2", "http/1.1")
                .extension(0x4469)
                .extension(0x0017)
                .extension(0x002d, (byte) 1, (byte) 1)
                .list(HelloExtensions.SIGNATURE_ALGORITHMS, 2, ALGORITHMS)
                .extension(0x0005)
                .extension(HelloExtensions.SESSION_TICKET)
                .extension(0x0012)
                .list(HelloExtensions.SUPPORTED_VERSIONS, 1, 0x0304, 0x0303)
                .extension(0xff01, (byte) 0)
                .extension(0x000b, (byte) 1, (byte) 0)
                .list(HelloExtensions.SUPPORTED_GROUPS, 2, 29, 23, 24)
                .extension(HelloExtensions.PADDING, new byte[3]);
    }

    @Test
    void theWorkedExampleOfJa4ComesOut() {
        assertThat(hello(example()).ja4()).isEqualTo("t13d1516h2_8daaf6152771_e5627efa2ab1");
    }

    @Test
    void greaseChangesNeitherFingerprint() {
        int[] suites = new int[SUITES.length + 1];
        suites[0] = 0xfafa;
        System.arraycopy(SUITES, 0, suites, 1, SUITES.length);
        Hello greased = example()
                .suites(suites)
                .extension(0x0a0a)
                .extension(0x5a5a, (byte) 0)
                .list(HelloExtensions.SUPPORTED_VERSIONS, 1, 0xdada, 0x0304, 0x0303)
                .list(HelloExtensions.SUPPORTED_GROUPS, 2, 0xeaea, 29, 23, 24);
        assertThat(hello(greased).ja4()).isEqualTo(hello(example()).ja4());
        assertThat(hello(greased).fingerprint()).isEqualTo(hello(example()).fingerprint());
        assertThat(hello(greased).cipherSuites()).startsWith(0xfafa);
    }

    @Test
    void valuesThatOnlyResembleGreaseCount() {
        String plain = hello(example()).fingerprint();
        assertThat(hello(example().extension(0x0a1a)).fingerprint()).isNotEqualTo(plain);
        assertThat(hello(example().extension(0x0b0b)).fingerprint()).isNotEqualTo(plain);
    }

    @Test
    void whatComesAndGoesDoesNotChangeTheFingerprint() {
        Hello another = Hello.tls12()
                .suites(SUITES)
                .list(HelloExtensions.SUPPORTED_GROUPS, 2, 29, 23, 24)
                .extension(0x000b, (byte) 1, (byte) 0)
                .list(HelloExtensions.SIGNATURE_ALGORITHMS, 2, ALGORITHMS)
                .extension(0x0012)
                .extension(0x001b, (byte) 2, (byte) 0, (byte) 2)
                .extension(HelloExtensions.KEY_SHARE, Hello.vector(2, Hello.concat(Hello.u16(29, 1), new byte[1])))
                .extension(0x4469)
                .extension(0x0017)
                .extension(0xff01, (byte) 0)
                .extension(0x0005)
                .list(HelloExtensions.SUPPORTED_VERSIONS, 1, 0x0304, 0x0303)
                .extension(0x002d, (byte) 1, (byte) 1)
                .extension(HelloExtensions.COOKIE, (byte) 0, (byte) 1, (byte) 9)
                .extension(HelloExtensions.EARLY_DATA)
                .extension(HelloExtensions.ENCRYPTED_CLIENT_HELLO, (byte) 0)
                .extension(HelloExtensions.ALPS, (byte) 0, (byte) 3, (byte) 2, (byte) 'h', (byte) '2')
                .extension(HelloExtensions.PRE_SHARED_KEY, (byte) 0);
        assertThat(hello(another).fingerprint())
                .isEqualTo(hello(example()).fingerprint())
                .matches("[0-9a-f]{32}");
    }

    @Test
    void whatTheClientIsMadeOfChangesTheFingerprint() {
        assertThat(List.of(
                        hello(example()).fingerprint(),
                        hello(example().legacyVersion(0x0301)).fingerprint(),
                        hello(example().suites(0x1301)).fingerprint(),
                        hello(example().extension(0x001c)).fingerprint(),
                        hello(example().list(HelloExtensions.SUPPORTED_VERSIONS, 1, 0x0304))
                                .fingerprint(),
                        hello(example().list(HelloExtensions.SIGNATURE_ALGORITHMS, 2, 0x0403))
                                .fingerprint()))
                .doesNotHaveDuplicates();
    }

    @Test
    void aJdkClientHasOneFingerprintForAllHosts() throws Exception {
        byte[] one = Hello.jsse("a.example", List.of("h2"), "TLSv1.3", "TLSv1.2");
        byte[] other = Hello.jsse("b.example", List.of(), "TLSv1.3", "TLSv1.2");
        byte[] older = Hello.jsse("a.example", List.of("h2"), "TLSv1.2");
        assertThat(hello(one).fingerprint()).isEqualTo(hello(other).fingerprint());
        assertThat(hello(one).fingerprint()).isNotEqualTo(hello(older).fingerprint());
    }

    @ParameterizedTest
    @CsvSource({
        "'h2', h2",
        "'http/1.1', h1",
        "'x', xx",
        "'\u00ab', ab",
        "'\u00ab\u00cd', ad",
        "'0\u00ab', 3b",
        "'01\u00ab\u00cd', 3d",
        "'0\u00ab\u00cd1', 01"
    })
    void ja4ShowsTheEndsOfTheFirstProtocol(String protocol, String shown) {
        assertThat(hello(Hello.tls12().alpn(protocol, "zz")).ja4()).startsWith("t12i0101" + shown + "_");
    }

    @Test
    void ja4HasZerosForWhatIsNotThere() {
        assertThat(hello(Hello.tls12().suites(0x0a0a).legacyVersion(0x0301)).ja4())
                .isEqualTo("t10i000000_000000000000_000000000000");
    }

    @ParameterizedTest
    @CsvSource({"0x0300, s3", "0x0301, 10", "0x0302, 11", "0x0303, 12", "0x0304, 13", "0x0305, 00"})
    void ja4ShowsTheHighestVersion(String version, String shown) {
        int number = Integer.decode(version);
        assertThat(hello(Hello.tls12().legacyVersion(number)).ja4()).startsWith("t" + shown);
        assertThat(hello(Hello.tls12().list(HelloExtensions.SUPPORTED_VERSIONS, 1, 0x0300, number, 0x1a1a))
                        .ja4())
                .startsWith("t" + shown);
    }

    @Test
    void ja4CountsTo99() {
        assertThat(hello(Hello.tls12().suites(new int[120])).ja4()).startsWith("t12i9900");
    }

    private static ParsedHello hello(Hello hello) {
        return hello(hello.record());
    }

    private static ParsedHello hello(byte[] bytes) {
        return ClientHelloParser.parse(ByteBuffer.wrap(bytes)).hello().orElseThrow();
    }
}
