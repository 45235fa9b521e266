package io.github.captureproxy.internal.wire;

import io.github.captureproxy.spi.ClientHello;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** A hello as it was read from the wire. */
public final class ParsedHello implements ClientHello {

    private static final int RANDOM_BYTES = 32;
    private static final int MAX_SESSION_ID_BYTES = 32;

    private final int legacyVersion;
    private final int sessionIdLength;
    private final int[] cipherSuites;
    private final int[] compressionMethods;
    private final HelloExtensions extensions;

    // Asked for by the decision and again by the record of the tunnel. Threads that race make the same text.
    private @Nullable String fingerprint;
    private @Nullable String ja4;

    /** Reads the body of a hello, without its handshake header, to its end. */
    ParsedHello(HelloReader body) throws MalformedHelloException {
        legacyVersion = body.u16();
        body.skip(RANDOM_BYTES);
        sessionIdLength = body.vector8().remaining();
        cipherSuites = body.vector16().restAsU16();
        byte[] methods = body.vector8().rest();
        compressionMethods = new int[methods.length];
        for (int i = 0; i < methods.length; i++) {
            compressionMethods[i] = methods[i] & 0xff;
        }
        // A hello without extensions ends here (RFC 5246 section 7.4.1.2).
        extensions = new HelloExtensions(body.hasRemaining() ? body.vector16() : body);
        body.requireEnd();
        if (legacyVersion >> 8 != TlsRecord.MAJOR_VERSION || sessionIdLength > MAX_SESSION_ID_BYTES) {
            throw new MalformedHelloException();
        }
    }

    @Override
    public int legacyVersion() {
        return legacyVersion;
    }

    @Override
    public int[] supportedVersions() {
        return extensions.versions().clone();
    }

    @Override
    public int sessionIdLength() {
        return sessionIdLength;
    }

    @Override
    public int[] cipherSuites() {
        return cipherSuites.clone();
    }

    @Override
    public int[] compressionMethods() {
        return compressionMethods.clone();
    }

    @Override
    public int[] extensionTypes() {
        return extensions.types();
    }

    @Override
    public Optional<String> serverName() {
        byte @Nullable [] raw = extensions.serverName();
        return raw == null ? Optional.empty() : SniHostName.of(raw);
    }

    @Override
    public Optional<byte[]> rawServerName() {
        byte @Nullable [] raw = extensions.serverName();
        return raw == null ? Optional.empty() : Optional.of(raw.clone());
    }

    @Override
    public List<String> applicationProtocols() {
        return extensions.protocols();
    }

    @Override
    public int[] supportedGroups() {
        return extensions.groups().clone();
    }

    @Override
    public int[] signatureAlgorithms() {
        return extensions.signatureAlgorithms().clone();
    }

    @Override
    public int[] keyShareGroups() {
        return extensions.keyShareGroups().clone();
    }

    @Override
    public boolean hasEarlyData() {
        return extensions.has(HelloExtensions.EARLY_DATA);
    }

    @Override
    public boolean hasPreSharedKey() {
        return extensions.has(HelloExtensions.PRE_SHARED_KEY);
    }

    @Override
    public boolean hasEncryptedClientHello() {
        return extensions.has(HelloExtensions.ENCRYPTED_CLIENT_HELLO);
    }

    @Override
    public String fingerprint() {
        String made = fingerprint;
        if (made == null) {
            made = Fingerprints.stable(this);
            fingerprint = made;
        }
        return made;
    }

    @Override
    public String ja4() {
        String made = ja4;
        if (made == null) {
            made = Fingerprints.ja4(this);
            ja4 = made;
        }
        return made;
    }

    /**
     * One line for people: no random values, no keys.
     *
     * @return the JA4 fingerprint, SNI and ALPN
     */
    @Override
    public String toString() {
        return "ParsedHello[" + ja4() + ", sni=" + serverName().orElse("-") + ", alpn=" + applicationProtocols() + "]";
    }
}
