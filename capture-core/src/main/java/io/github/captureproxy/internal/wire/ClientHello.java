package io.github.captureproxy.internal.wire;

import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * What a TLS client says first (RFC 8446 section 4.1.2). Immutable; arrays that it hands out are the caller's own.
 * Numbers are the code points of the IANA TLS registries, in the client's order, GREASE (RFC 8701) included.
 */
public final class ClientHello {

    private static final int RANDOM_BYTES = 32;
    private static final int MAX_SESSION_ID_BYTES = 32;

    private final int legacyVersion;
    private final int sessionIdLength;
    private final int[] cipherSuites;
    private final int[] compressionMethods;
    private final HelloExtensions extensions;

    /** Reads the body of a hello, without its handshake header, to its end. */
    ClientHello(HelloReader body) throws MalformedHelloException {
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

    /**
     * The version field of the hello itself; TLS 1.3 clients say 0x0303 there and the truth in
     * {@link #supportedVersions()}.
     *
     * @return major version in the high byte, minor in the low one
     */
    public int legacyVersion() {
        return legacyVersion;
    }

    /**
     * The versions of the supported_versions extension (RFC 8446 section 4.2.1).
     *
     * @return the versions; empty without that extension
     */
    public int[] supportedVersions() {
        return extensions.versions().clone();
    }

    /**
     * The length of the session id, which resumes a session or imitates that (RFC 8446 appendix D.4).
     *
     * @return 0 to 32 bytes
     */
    public int sessionIdLength() {
        return sessionIdLength;
    }

    /**
     * The cipher suites.
     *
     * @return one or more
     */
    public int[] cipherSuites() {
        return cipherSuites.clone();
    }

    /**
     * The compression methods; 0 is none.
     *
     * @return one or more, 0 to 255 each
     */
    public int[] compressionMethods() {
        return compressionMethods.clone();
    }

    /**
     * The types of all extensions, in the order sent.
     *
     * @return the types, no two alike
     */
    public int[] extensionTypes() {
        return extensions.types();
    }

    /**
     * The host name in SNI, in the case that the client used.
     *
     * @return empty without SNI, and where the name is not what RFC 6066 section 3 allows (non-ASCII bytes, a final
     *     dot, an IP address); {@link #rawServerName()} has it then
     */
    public Optional<String> serverName() {
        byte @Nullable [] raw = extensions.serverName();
        return raw == null ? Optional.empty() : SniHostName.of(raw);
    }

    /**
     * The bytes of the host name in SNI, whatever they are.
     *
     * @return empty without SNI
     */
    public Optional<byte[]> rawServerName() {
        byte @Nullable [] raw = extensions.serverName();
        return raw == null ? Optional.empty() : Optional.of(raw.clone());
    }

    /**
     * The application protocols offered (ALPN, RFC 7301), most wanted first.
     *
     * @return the names, each byte one ISO-8859-1 character; empty without that extension
     */
    public List<String> applicationProtocols() {
        return extensions.protocols();
    }

    /**
     * The groups for the key exchange (RFC 8446 section 4.2.7).
     *
     * @return the groups; empty without that extension
     */
    public int[] supportedGroups() {
        return extensions.groups().clone();
    }

    /**
     * The signature algorithms (RFC 8446 section 4.2.3), those for certificates alone not included.
     *
     * @return the algorithms; empty without that extension
     */
    public int[] signatureAlgorithms() {
        return extensions.signatureAlgorithms().clone();
    }

    /**
     * The groups for which the client sent a key share (RFC 8446 section 4.2.8).
     *
     * @return the groups; empty without that extension, or where it is empty itself
     */
    public int[] keyShareGroups() {
        return extensions.keyShareGroups().clone();
    }

    /**
     * Whether application data follows the hello at once (RFC 8446 section 4.2.10).
     *
     * @return true with the early_data extension
     */
    public boolean hasEarlyData() {
        return extensions.has(HelloExtensions.EARLY_DATA);
    }

    /**
     * Whether the client wants to resume by a pre-shared key (RFC 8446 section 4.2.11).
     *
     * @return true with the pre_shared_key extension
     */
    public boolean hasPreSharedKey() {
        return extensions.has(HelloExtensions.PRE_SHARED_KEY);
    }

    /**
     * Whether the hello carries an encrypted one (RFC 9849), real or GREASE: from outside they are alike.
     *
     * @return true with the encrypted_client_hello extension
     */
    public boolean hasEncryptedClientHello() {
        return extensions.has(HelloExtensions.ENCRYPTED_CLIENT_HELLO);
    }

    /**
     * A name for the client's TLS configuration, the same for each of its connections, whatever host they go to and
     * whether they resume: a hash over versions, cipher suites, sorted extension types and signature algorithms,
     * without GREASE and without the extensions that come and go.
     *
     * @return 32 lower-case hexadecimal digits, the first half of a SHA-256
     */
    public String fingerprint() {
        return Fingerprints.stable(this);
    }

    /**
     * The JA4 fingerprint, by FoxIO's public description of it.
     *
     * @return text in the form of {@code t13d1516h2_8daaf6152771_e5627efa2ab1}
     */
    public String ja4() {
        return Fingerprints.ja4(this);
    }

    /**
     * One line for people: no random values, no keys.
     *
     * @return the JA4 fingerprint, SNI and ALPN
     */
    @Override
    public String toString() {
        return "ClientHello[" + ja4() + ", sni=" + serverName().orElse("-") + ", alpn=" + applicationProtocols() + "]";
    }
}
