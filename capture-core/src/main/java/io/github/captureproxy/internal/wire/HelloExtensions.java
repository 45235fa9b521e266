package io.github.captureproxy.internal.wire;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Reads the extensions of a ClientHello (RFC 8446 section 4.2). Immutable once made. */
final class HelloExtensions {

    static final int SERVER_NAME = 0;
    static final int SUPPORTED_GROUPS = 10;
    static final int SIGNATURE_ALGORITHMS = 13;
    static final int ALPN = 16;
    static final int PADDING = 21;
    static final int SESSION_TICKET = 35;
    static final int PRE_SHARED_KEY = 41;
    static final int EARLY_DATA = 42;
    static final int SUPPORTED_VERSIONS = 43;
    static final int COOKIE = 44;
    static final int KEY_SHARE = 51;
    static final int ENCRYPTED_CLIENT_HELLO = 0xfe0d;

    /** What Chromium offers beside {@code h2} (application_settings, a draft) by its number, and by the one before it. */
    static final int ALPS = 0x44cd;

    static final int ALPS_BEFORE = 0x4469;

    private static final int HOST_NAME = 0;
    private static final int[] NONE = {};

    private final Set<Integer> types = new LinkedHashSet<>();
    private byte @Nullable [] serverName;
    private List<String> protocols = List.of();
    private int[] versions = NONE;
    private int[] groups = NONE;
    private int[] signatureAlgorithms = NONE;
    private int[] keyShareGroups = NONE;

    /** Reads all; an extension type may stand there once only. */
    HelloExtensions(HelloReader block) throws MalformedHelloException {
        while (block.hasRemaining()) {
            int type = block.u16();
            HelloReader data = block.vector16();
            if (!types.add(type)) {
                throw new MalformedHelloException();
            }
            read(type, data);
        }
    }

    boolean has(int type) {
        return types.contains(type);
    }

    int[] types() {
        return types.stream().mapToInt(Integer::intValue).toArray();
    }

    byte @Nullable [] serverName() {
        return serverName;
    }

    List<String> protocols() {
        return protocols;
    }

    int[] versions() {
        return versions;
    }

    int[] groups() {
        return groups;
    }

    int[] signatureAlgorithms() {
        return signatureAlgorithms;
    }

    int[] keyShareGroups() {
        return keyShareGroups;
    }

    private void read(int type, HelloReader data) throws MalformedHelloException {
        switch (type) {
            case SERVER_NAME -> serverName = readServerName(data.vector16());
            case ALPN -> protocols = readProtocols(data.vector16());
            case SUPPORTED_VERSIONS -> versions = data.vector8().restAsU16();
            case SUPPORTED_GROUPS -> groups = data.vector16().restAsU16();
            case SIGNATURE_ALGORITHMS -> signatureAlgorithms = data.vector16().restAsU16();
            case KEY_SHARE -> keyShareGroups = readKeyShareGroups(data.vector16());
            default -> {
                return; // what is in it is of no interest, so it may be anything
            }
        }
        data.requireEnd();
    }

    /** RFC 6066 section 3: at least one name, and no two of the same type. */
    private static byte @Nullable [] readServerName(HelloReader names) throws MalformedHelloException {
        Set<Integer> nameTypes = new LinkedHashSet<>();
        byte[] hostName = null;
        do {
            int nameType = names.u8();
            byte[] name = names.vector16().rest();
            if (!nameTypes.add(nameType)) {
                throw new MalformedHelloException();
            }
            if (nameType == HOST_NAME) {
                hostName = name;
            }
        } while (names.hasRemaining());
        return hostName;
    }

    /** RFC 7301 section 3.1: at least one protocol, and none with an empty name. */
    private static List<String> readProtocols(HelloReader names) throws MalformedHelloException {
        List<String> protocols = new ArrayList<>();
        do {
            protocols.add(new String(names.vector8().rest(), StandardCharsets.ISO_8859_1));
        } while (names.hasRemaining());
        return List.copyOf(protocols);
    }

    /** RFC 8446 section 4.2.8: there may be no share at all. */
    private static int[] readKeyShareGroups(HelloReader shares) throws MalformedHelloException {
        List<Integer> groups = new ArrayList<>();
        while (shares.hasRemaining()) {
            groups.add(shares.u16());
            shares.vector16().rest();
        }
        return groups.stream().mapToInt(Integer::intValue).toArray();
    }
}
