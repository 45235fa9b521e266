package io.github.captureproxy.internal.wire;

/** The numbers of the TLS record layer (RFC 8446 section 5.1) that concern a ClientHello. */
final class TlsRecord {

    /** Content type of a handshake record. */
    static final int HANDSHAKE = 22;

    /** Handshake type of a ClientHello (RFC 8446 section 4). */
    static final int CLIENT_HELLO = 1;

    /** Major version of every record from SSL 3.0 to TLS 1.3. */
    static final int MAJOR_VERSION = 3;

    /** Minor version of TLS 1.3; no record should say more than 3, some clients' test versions did. */
    static final int MAX_MINOR_VERSION = 4;

    /** Type, version, length. */
    static final int HEADER_BYTES = 5;

    /** The most that a plaintext record may hold. */
    static final int MAX_FRAGMENT_BYTES = 1 << 14;

    private TlsRecord() {}

    /** A handshake record may be neither empty nor longer than a plaintext record. */
    static boolean isFragmentLength(int length) {
        return length >= 1 && length <= MAX_FRAGMENT_BYTES;
    }
}
