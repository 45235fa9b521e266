package io.github.captureproxy.internal.wire;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.Set;
import java.util.stream.IntStream;

/** Names a TLS client by what its hello offers. */
final class Fingerprints {

    private static final int JA4_HASH_CHARACTERS = 12;
    private static final int JA4_MAX_COUNT = 99;
    private static final String JA4_NOTHING = "000000000000";
    private static final int STABLE_CHARACTERS = 32;

    /** What differs from one connection of a client to its next. */
    private static final Set<Integer> PASSING = Set.of(
            HelloExtensions.SERVER_NAME,
            HelloExtensions.ALPN,
            HelloExtensions.ALPS, // goes with h2, which a browser does not offer for its WebSockets
            HelloExtensions.ALPS_BEFORE,
            HelloExtensions.PADDING,
            HelloExtensions.PRE_SHARED_KEY,
            HelloExtensions.EARLY_DATA,
            HelloExtensions.SESSION_TICKET,
            HelloExtensions.COOKIE,
            HelloExtensions.ENCRYPTED_CLIENT_HELLO);

    private Fingerprints() {}

    static String stable(ParsedHello hello) {
        String offer = String.join(
                "_",
                hex(IntStream.of(hello.legacyVersion())),
                hex(real(hello.supportedVersions())),
                hex(real(hello.cipherSuites())),
                hex(real(hello.extensionTypes())
                        .filter(type -> !PASSING.contains(type))
                        .sorted()),
                hex(real(hello.signatureAlgorithms())));
        return sha256(offer).substring(0, STABLE_CHARACTERS);
    }

    static String ja4(ParsedHello hello) {
        return "t" + ja4Version(hello) + (has(hello, HelloExtensions.SERVER_NAME) ? "d" : "i")
                + ja4Count(hello.cipherSuites()) + ja4Count(hello.extensionTypes()) + ja4Protocol(hello) + "_"
                + ja4Hash(hex(real(hello.cipherSuites()).sorted())) + "_" + ja4Hash(ja4Extensions(hello));
    }

    private static boolean has(ParsedHello hello, int extension) {
        return Arrays.stream(hello.extensionTypes()).anyMatch(type -> type == extension);
    }

    private static String ja4Version(ParsedHello hello) {
        int version = has(hello, HelloExtensions.SUPPORTED_VERSIONS)
                ? real(hello.supportedVersions()).max().orElse(0)
                : hello.legacyVersion();
        return switch (version) {
            case 0x0304 -> "13";
            case 0x0303 -> "12";
            case 0x0302 -> "11";
            case 0x0301 -> "10";
            case 0x0300 -> "s3";
            default -> "00";
        };
    }

    private static String ja4Count(int[] values) {
        long count = Math.min(real(values).count(), JA4_MAX_COUNT);
        return count < 10 ? "0" + count : Long.toString(count);
    }

    /** First and last character of the first protocol, or of its hexadecimal form where one is not alphanumeric. */
    private static String ja4Protocol(ParsedHello hello) {
        if (hello.applicationProtocols().isEmpty()) {
            return "00";
        }
        String name = hello.applicationProtocols().get(0);
        if (!isAlphanumeric(name.charAt(0)) || !isAlphanumeric(name.charAt(name.length() - 1))) {
            name = HexFormat.of().formatHex(name.getBytes(StandardCharsets.ISO_8859_1));
        }
        return "" + name.charAt(0) + name.charAt(name.length() - 1);
    }

    private static boolean isAlphanumeric(char c) {
        return c >= '0' && c <= '9' || c >= 'A' && c <= 'Z' || c >= 'a' && c <= 'z';
    }

    private static String ja4Extensions(ParsedHello hello) {
        String extensions = hex(real(hello.extensionTypes())
                .filter(type -> type != HelloExtensions.SERVER_NAME && type != HelloExtensions.ALPN)
                .sorted());
        String algorithms = hex(real(hello.signatureAlgorithms()));
        return algorithms.isEmpty() ? extensions : extensions + "_" + algorithms;
    }

    private static String ja4Hash(String text) {
        return text.isEmpty() ? JA4_NOTHING : sha256(text).substring(0, JA4_HASH_CHARACTERS);
    }

    private static IntStream real(int[] values) {
        return Arrays.stream(values).filter(value -> !isGrease(value));
    }

    /** RFC 8701 section 2: both bytes alike, and their low halves 0xa. */
    private static boolean isGrease(int value) {
        return (value & 0x0f0f) == 0x0a0a && value >> 8 == (value & 0xff);
    }

    private static String hex(IntStream values) {
        StringBuilder text = new StringBuilder();
        values.forEachOrdered(value -> {
            if (!text.isEmpty()) {
                text.append(',');
            }
            text.append(HexFormat.of().toHexDigits((short) value));
        });
        return text.toString();
    }

    private static String sha256(String text) {
        try {
            MessageDigest digest = MessageDigest.getInstance("SHA-256");
            return HexFormat.of().formatHex(digest.digest(text.getBytes(StandardCharsets.US_ASCII)));
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java platform has SHA-256", e);
        }
    }
}
