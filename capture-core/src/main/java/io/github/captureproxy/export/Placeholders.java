package io.github.captureproxy.export;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.security.InvalidKeyException;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;
import org.jspecify.annotations.Nullable;

/**
 * Makes what stands in place of a secret: equal secrets get equal placeholders, and without the key nobody can try
 * secrets out on one. For one thread.
 */
final class Placeholders {
    static final String PREFIX = "redacted-";

    /** 40 bits: short enough to read, and two of a million secrets share one in one of two captures at most. */
    private static final int BYTES = 5;

    static final int LENGTH = PREFIX.length() + 2 * BYTES;

    private static final Pattern ANYWHERE = Pattern.compile(PREFIX + "[0-9a-f]{" + 2 * BYTES + "}");

    private final SecretKeySpec key;
    private @Nullable Mac mac;

    Placeholders(SecretKeySpec key) {
        this.key = key;
    }

    /** The placeholder of a secret; of an empty one, and of a placeholder, itself. */
    String of(String secret) {
        return secret.isEmpty() || isPlaceholder(secret) ? secret : name(start().doFinal(secret.getBytes(UTF_8)));
    }

    /** A digest to feed with a long secret, for {@link #name}. */
    Mac start() {
        Mac known = mac;
        if (known == null) {
            known = make();
            mac = known;
        }
        return known;
    }

    String name(byte[] digest) {
        return PREFIX + HexFormat.of().formatHex(digest, 0, BYTES);
    }

    static boolean isPlaceholder(String value) {
        if (value.length() != LENGTH || !value.startsWith(PREFIX)) {
            return false;
        }
        for (int i = PREFIX.length(); i < LENGTH; i++) {
            char c = value.charAt(i);
            if ((c < '0' || c > '9') && (c < 'a' || c > 'f')) {
                return false;
            }
        }
        return true;
    }

    /** Finds each that stands in a text. */
    static Matcher in(String text) {
        return ANYWHERE.matcher(text);
    }

    private Mac make() {
        try {
            Mac made = Mac.getInstance(key.getAlgorithm());
            made.init(key);
            return made;
        } catch (NoSuchAlgorithmException | InvalidKeyException e) {
            throw new IllegalStateException("every Java platform has HmacSHA256", e);
        }
    }
}
