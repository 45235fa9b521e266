package io.github.captureproxy.spi;

import java.util.List;
import java.util.Optional;

/**
 * What a TLS client says first (RFC 8446 section 4.1.2). Immutable; arrays that it hands out are the caller's own.
 * Numbers are the code points of the IANA TLS registries, in the client's order, GREASE (RFC 8701) included.
 */
public interface ClientHello {
    /**
     * The version field of the hello itself; TLS 1.3 clients say 0x0303 there and the truth in
     * {@link #supportedVersions()}.
     *
     * @return major version in the high byte, minor in the low one
     */
    int legacyVersion();

    /**
     * The versions of the supported_versions extension (RFC 8446 section 4.2.1).
     *
     * @return the versions; empty without that extension
     */
    int[] supportedVersions();

    /**
     * The length of the session id, which resumes a session or imitates that (RFC 8446 appendix D.4).
     *
     * @return 0 to 32 bytes
     */
    int sessionIdLength();

    /**
     * The cipher suites.
     *
     * @return one or more
     */
    int[] cipherSuites();

    /**
     * The compression methods; 0 is none.
     *
     * @return one or more, 0 to 255 each
     */
    int[] compressionMethods();

    /**
     * The types of all extensions, in the order sent.
     *
     * @return the types, no two alike
     */
    int[] extensionTypes();

    /**
     * The host name in SNI, in the case that the client used.
     *
     * @return empty without SNI, and where the name is not what RFC 6066 section 3 allows (non-ASCII bytes, a final
     *     dot, an IP address); {@link #rawServerName()} has it then
     */
    Optional<String> serverName();

    /**
     * The bytes of the host name in SNI, whatever they are.
     *
     * @return empty without SNI
     */
    Optional<byte[]> rawServerName();

    /**
     * The application protocols offered (ALPN, RFC 7301), most wanted first.
     *
     * @return the names, each byte one ISO-8859-1 character; empty without that extension
     */
    List<String> applicationProtocols();

    /**
     * The groups for the key exchange (RFC 8446 section 4.2.7).
     *
     * @return the groups; empty without that extension
     */
    int[] supportedGroups();

    /**
     * The signature algorithms (RFC 8446 section 4.2.3), those for certificates alone not included.
     *
     * @return the algorithms; empty without that extension
     */
    int[] signatureAlgorithms();

    /**
     * The groups for which the client sent a key share (RFC 8446 section 4.2.8).
     *
     * @return the groups; empty without that extension, or where it is empty itself
     */
    int[] keyShareGroups();

    /**
     * Whether application data follows the hello at once (RFC 8446 section 4.2.10).
     *
     * @return true with the early_data extension
     */
    boolean hasEarlyData();

    /**
     * Whether the client wants to resume by a pre-shared key (RFC 8446 section 4.2.11).
     *
     * @return true with the pre_shared_key extension
     */
    boolean hasPreSharedKey();

    /**
     * Whether the hello carries an encrypted one (RFC 9849), real or GREASE: from outside they are alike.
     *
     * @return true with the encrypted_client_hello extension
     */
    boolean hasEncryptedClientHello();

    /**
     * A name for the client's TLS configuration, the same for each of its connections, whatever host they go to and
     * whether they resume: a hash over versions, cipher suites, sorted extension types and signature algorithms,
     * without GREASE and without the extensions that come and go.
     *
     * @return 32 lower-case hexadecimal digits, the first half of a SHA-256
     */
    String fingerprint();

    /**
     * The JA4 fingerprint, by FoxIO's public description of it.
     *
     * @return text in the form of {@code t13d1516h2_8daaf6152771_e5627efa2ab1}
     */
    String ja4();
}
