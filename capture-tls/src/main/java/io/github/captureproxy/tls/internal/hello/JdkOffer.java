package io.github.captureproxy.tls.internal.hello;

import io.github.captureproxy.internal.wire.ClientHelloParser;
import io.github.captureproxy.spi.ClientHello;
import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.Set;
import java.util.stream.Collectors;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLEngine;
import javax.net.ssl.SSLException;

/**
 * What this JVM's TLS can do, by its own hello: so that the JDK's version, its security properties
 * ({@code jdk.tls.disabledAlgorithms}) and system properties ({@code jdk.tls.namedGroups}) all count, without a table of
 * them here.
 *
 * @param versions the versions
 * @param suites the cipher suites
 * @param groups the groups for key exchange
 * @param signatures the signature algorithms
 */
public record JdkOffer(Set<Integer> versions, Set<Integer> suites, Set<Integer> groups, Set<Integer> signatures) {
    /** Copies the sets. */
    public JdkOffer {
        versions = Set.copyOf(versions);
        suites = Set.copyOf(suites);
        groups = Set.copyOf(groups);
        signatures = Set.copyOf(signatures);
    }

    /**
     * Asks for it.
     *
     * @param context the TLS in question; any with the JDK's own provider
     * @param protocols the versions that are to be used, as the JDK names them
     * @return what a client of this context would offer, which is what its server takes as well
     */
    public static JdkOffer of(SSLContext context, String... protocols) {
        SSLEngine engine = context.createSSLEngine();
        engine.setUseClientMode(true);
        engine.setEnabledProtocols(protocols);
        ByteBuffer out = ByteBuffer.allocate(engine.getSession().getPacketBufferSize());
        try {
            engine.wrap(ByteBuffer.allocate(0), out);
        } catch (SSLException e) {
            throw new IllegalStateException(
                    "this JVM cannot begin a TLS handshake with " + Arrays.toString(protocols), e);
        }
        ClientHello hello = ClientHelloParser.parse(out.flip())
                .hello()
                .orElseThrow(() -> new IllegalStateException("this JVM's own hello cannot be read"));
        int[] versions = hello.supportedVersions();
        return new JdkOffer(
                set(versions.length == 0 ? new int[] {hello.legacyVersion()} : versions),
                set(hello.cipherSuites()),
                set(hello.supportedGroups()),
                set(hello.signatureAlgorithms()));
    }

    private static Set<Integer> set(int... values) {
        return Arrays.stream(values).boxed().collect(Collectors.toSet());
    }
}
