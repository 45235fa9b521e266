package io.github.captureproxy.tls.internal.hello;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.captureproxy.tls.internal.hello.HelloSupport.Result;
import io.github.captureproxy.tls.internal.issuing.LeafKind;
import io.github.captureproxy.tls.testkit.Handshake;
import io.github.captureproxy.tls.testkit.HelloBytes;
import io.github.captureproxy.tls.testkit.TestCertificate;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLEngine;
import javax.net.ssl.SSLParameters;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Each verdict is held against what a server of this JDK really does with the hello. */
class HelloSupportTest {
    private static final String[] VERSIONS = {"TLSv1.3", "TLSv1.2"};
    private static final SSLContext EC = server("EC", 256);
    private static final SSLContext RSA = server("RSA", 2048);
    private static final HelloSupport SUPPORT = new HelloSupport(JdkOffer.of(EC, VERSIONS), false);

    private static final List<Integer> GROUPS = List.of(0x1d, 0x17);
    private static final List<Integer> SIGNATURES = List.of(0x0403, 0x0804, 0x0401);

    private static SSLContext server(String algorithm, int size) {
        try {
            return TestCertificate.leaf("a.test")
                    .key(algorithm, size)
                    .make(null)
                    .serverContext();
        } catch (Exception e) {
            throw new IllegalStateException(e);
        }
    }

    private static boolean isServed(SSLContext context, byte[] hello) {
        SSLEngine engine = context.createSSLEngine();
        SSLParameters parameters = engine.getSSLParameters();
        parameters.setProtocols(VERSIONS);
        parameters.setUseCipherSuitesOrder(true);
        engine.setSSLParameters(parameters);
        return Handshake.isServed(engine, hello);
    }

    /** Checks that the verdict is what the JDK does, and returns it: EC, RSA or NO. */
    private static String verdict(HelloBytes hello) {
        Result result = SUPPORT.check(hello.parsed());
        boolean ec = isServed(EC, hello.record());
        if (result instanceof Result.Supported supported) {
            SSLContext context = supported.kind() == LeafKind.EC ? EC : RSA;
            assertThat(isServed(context, hello.record()))
                    .as("served with %s", supported.kind())
                    .isTrue();
            assertThat(ec).as("served with EC").isEqualTo(supported.kind() == LeafKind.EC);
            return supported.kind().toString();
        }
        assertThat(ec).as("served with EC").isFalse();
        assertThat(isServed(RSA, hello.record())).as("served with RSA").isFalse();
        return "NO";
    }

    private static HelloBytes tls13() {
        return new HelloBytes()
                .versions(0x0304)
                .groups(GROUPS)
                .signatures(SIGNATURES)
                .keyShares(GROUPS);
    }

    private static HelloBytes tls12(Integer... suites) {
        return new HelloBytes().suites(List.of(suites)).groups(GROUPS).signatures(SIGNATURES);
    }

    @Test
    void aModernClientIsServedWithAnEcKey() {
        assertThat(verdict(tls13())).isEqualTo("EC");
    }

    @Test
    void aClientWithoutAKeyShareThatFitsIsAskedAgain() {
        assertThat(verdict(tls13().keyShares(List.of()))).isEqualTo("EC");
    }

    @ParameterizedTest
    @CsvSource({
        "0xc02b, EC",
        "0xcca9, EC",
        "0xc02f, RSA",
        "0xcca8, RSA",
        "0x009e, RSA",
        "0xc0ac, NO",
        "0x0005, NO",
        "0x00ff, NO"
    })
    void theKindOfKeyGoesByTheSuiteInTls12(String suite, String kind) {
        assertThat(verdict(tls12(Integer.decode(suite)))).isEqualTo(kind);
    }

    @Test
    void anEcKeyIsPreferredWhereBothWork() {
        assertThat(verdict(tls12(0xc02f, 0xc02b))).isEqualTo("EC");
    }

    @Test
    void aClientWithoutP256IsServedWithAnRsaKeyInTls12() {
        assertThat(verdict(tls12(0xc02b, 0xc02f).groups(List.of(0x1d)))).isEqualTo("RSA");
    }

    @Test
    void aClientWithoutEcdsaIsServedWithAnRsaKey() {
        assertThat(verdict(tls13().signatures(List.of(0x0804, 0x0401)))).isEqualTo("RSA");
        assertThat(verdict(tls12(0xc02b, 0xc02f).signatures(List.of(0x0401)))).isEqualTo("RSA");
    }

    @Test
    void versionsThatAreNotEnabledAreNotServed() {
        assertThat(verdict(tls12(0xc02b).versions(0x0302, 0x0301))).isEqualTo("NO");
        assertThat(verdict(tls12(0xc02b).versions(0x0a0a))).isEqualTo("NO");
    }

    @Test
    void nothingInCommonIsNotServed() {
        assertThat(verdict(tls13().suites(0x1304))).isEqualTo("NO");
        assertThat(verdict(tls13().suites(0xc02b))).isEqualTo("NO");
        assertThat(verdict(tls13().groups(List.of(0x0a0a, 0xffff)).keyShares(List.of())))
                .isEqualTo("NO");
        assertThat(verdict(tls13().signatures(List.of(0x0807)))).isEqualTo("NO");
    }

    /** The JDK would sign so, even in TLS 1.3, which does not allow it (RFC 8446 section 4.2.3). */
    @Test
    void sha1AloneIsNotServed() {
        HelloBytes hello = tls13().signatures(List.of(0x0203, 0x0201));
        assertThat(SUPPORT.check(hello.parsed())).isInstanceOf(Result.Unsupported.class);
    }

    @Test
    void aHelloWithoutSignatureAlgorithmsIsNotServed() {
        HelloBytes hello = new HelloBytes().suites(0xc02b, 0xc02f).groups(GROUPS);
        assertThat(SUPPORT.check(hello.parsed())).isInstanceOf(Result.Unsupported.class);
    }

    @ParameterizedTest
    @ValueSource(strings = {"my_host", "a.b.", "-a.test", "a..b", "ab\u00ff"})
    void aNameThatTheJdkRefusesIsNotServed(String name) {
        HelloBytes hello = tls13().serverName(name);
        boolean served = isServed(EC, hello.record());
        assertThat(SUPPORT.check(hello.parsed()) instanceof Result.Supported).isEqualTo(served);
        assertThat(served).isFalse();
    }

    @ParameterizedTest
    @ValueSource(strings = {"a.test", "localhost", "xn--bcher-kva.example", "192.0.2.1", "A.Test"})
    void aNameThatTheJdkTakesIsServed(String name) {
        assertThat(verdict(tls13().serverName(name))).isEqualTo("EC");
    }

    @Test
    void earlyDataIsNotServed() {
        assertThat(SUPPORT.check(tls13().extension(42, new byte[0]).parsed()))
                .isEqualTo(new Result.Unsupported("it sends early data with a ticket of the origin's"));
    }

    @Test
    void compressionAloneIsNotServed() {
        assertThat(SUPPORT.check(tls12(0xc02b).compression(1).parsed())).isInstanceOf(Result.Unsupported.class);
    }

    @Test
    void rsaKeysAreUsedAloneWhereThatIsAskedFor() {
        HelloSupport rsaOnly = new HelloSupport(JdkOffer.of(EC, VERSIONS), true);
        assertThat(rsaOnly.check(tls13().parsed())).isEqualTo(new Result.Supported(LeafKind.RSA));
        assertThat(rsaOnly.check(tls12(0xc02b).parsed())).isInstanceOf(Result.Unsupported.class);
    }

    @Test
    void aVersionThatIsSwitchedOffIsNotServed() {
        HelloSupport only12 = new HelloSupport(JdkOffer.of(EC, "TLSv1.2"), false);
        assertThat(only12.check(tls13().parsed())).isInstanceOf(Result.Unsupported.class);
        assertThat(only12.check(tls12(0xc02b).versions(0x0304, 0x0303).parsed()))
                .isEqualTo(new Result.Supported(LeafKind.EC));
    }

    @Test
    void whatTheJdksOwnClientSaysIsServed() throws Exception {
        SSLContext client = SSLContext.getInstance("TLS");
        client.init(null, null, null);
        for (String version : VERSIONS) {
            SSLEngine engine = client.createSSLEngine("a.test", 443);
            engine.setEnabledProtocols(new String[] {version});
            assertThat(SUPPORT.check(HelloBytes.parse(Handshake.hello(engine))))
                    .isEqualTo(new Result.Supported(LeafKind.EC));
        }
    }

    private static final Set<Integer> KNOWN_GROUPS = Set.of(0x1d, 0x17, 0x18, 0x19, 0x1e, 0x100, 0x101);

    @Provide
    Arbitrary<HelloBytes> hellos() {
        Arbitrary<List<Integer>> suites = some(
                0x1301, 0x1302, 0x1303, 0x1304, 0xc02b, 0xc02c, 0xcca9, 0xc02f, 0xcca8, 0xc013, 0xc009, 0x009e, 0x0067,
                0x009c, 0x003c, 0x002f, 0x000a, 0x0005, 0xc0ac, 0x0a0a, 0x00ff);
        // A hello without any group that is known is passed through; newer JDKs would serve it by TLS 1.2.
        Arbitrary<List<Integer>> groups = some(0x1d, 0x17, 0x18, 0x19, 0x1e, 0x100, 0x101, 0x0a0a, 0x16, 0x11ec)
                .filter(offer -> offer.stream().anyMatch(KNOWN_GROUPS::contains));
        Arbitrary<List<Integer>> signatures =
                some(0x0403, 0x0503, 0x0603, 0x0804, 0x0805, 0x0806, 0x0401, 0x0501, 0x0601, 0x0807, 0x0809);
        Arbitrary<List<Integer>> versions = some(0x0304, 0x0303, 0x0302, 0x0a0a);
        return Combinators.combine(suites, groups, signatures, versions)
                .as((suite, group, signature, version) -> new HelloBytes()
                        .suites(suite)
                        .versions(version.stream().mapToInt(Integer::intValue).toArray())
                        .groups(withKeyShare(version, group))
                        .signatures(signature)
                        .keyShares(List.of(0x1d)));
    }

    /** Without a share that fits, the JDK asks for another hello before it looks for anything else. */
    private static List<Integer> withKeyShare(List<Integer> versions, List<Integer> groups) {
        return versions.contains(0x0304)
                ? Stream.concat(groups.stream(), Stream.of(0x1d)).distinct().toList()
                : groups;
    }

    private static Arbitrary<List<Integer>> some(Integer... values) {
        return Arbitraries.of(values).list().uniqueElements().ofMinSize(1).ofMaxSize(values.length);
    }

    @Property(tries = 500)
    void whateverIsOfferedTheVerdictIsWhatTheJdkDoes(@ForAll("hellos") HelloBytes hello) {
        assertThat(verdict(hello)).isIn("EC", "RSA", "NO");
    }
}
