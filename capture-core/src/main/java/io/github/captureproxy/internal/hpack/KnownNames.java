package io.github.captureproxy.internal.hpack;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/**
 * The names that the encoder knows something about: those of the static table, and some whose values change with each
 * message. They are found by hash, and numbered: a number up to {@link StaticTable#LENGTH} is the first index of the name
 * in the static table.
 */
final class KnownNames {

    /** The number of all names that are not known. */
    static final int UNKNOWN = 0;

    /** A cookie shorter than this could be found out by guessing (RFC 7541 7.1.3); a session's identifier is longer. */
    private static final int SHORT_COOKIE = 20;

    private static final int COOKIE = 32;

    /** In the static table, with values that change with each message or that are secret. */
    private static final String CHANGING = """
            :path age content-length content-location content-range date etag expires if-match if-modified-since \
            if-none-match if-range if-unmodified-since last-modified location proxy-authenticate range retry-after \
            set-cookie www-authenticate""";

    private static final String SECRET = "authorization proxy-authorization";

    /** Not in the static table: identifiers, signatures, counters and times of a single message. */
    private static final String OTHERS_CHANGING = """
            cf-ray content-digest content-md5 digest grpc-timeout idempotency-key last-event-id ratelimit \
            ratelimit-remaining ratelimit-reset repr-digest request-id sentry-trace server-timing signature \
            signature-input traceparent tracestate x-amz-cf-id x-amz-content-sha256 x-amz-date x-amz-id-2 \
            x-amz-request-id x-amzn-requestid x-amzn-trace-id x-b3-parentspanid x-b3-spanid x-b3-traceid \
            x-correlation-id x-ratelimit-remaining x-ratelimit-reset x-request-id x-request-start x-response-time \
            x-runtime x-timer x-trace-id""";

    /** Four times as many as there are names, so that a name is mostly found, or not found, at the first look. */
    private static final int SLOTS = 512;

    private static final byte[][] NAMES = names();
    private static final Indexing[] INDEXING = new Indexing[NAMES.length];
    private static final byte[] BY_HASH = new byte[SLOTS];

    static {
        Arrays.fill(INDEXING, 0, StaticTable.LENGTH + 1, Indexing.INCREMENTAL);
        Arrays.fill(INDEXING, StaticTable.LENGTH + 1, NAMES.length, Indexing.WITHOUT);
        for (int i = 1; i < NAMES.length; i++) {
            if (number(NAMES[i]) == UNKNOWN) {
                BY_HASH[freeSlot(NAMES[i])] = (byte) i;
            }
        }
        for (String name : CHANGING.split(" ", -1)) {
            INDEXING[number(ascii(name))] = Indexing.WITHOUT;
        }
        for (String name : SECRET.split(" ", -1)) {
            INDEXING[number(ascii(name))] = Indexing.NEVER;
        }
    }

    private KnownNames() {}

    private static byte[][] names() {
        String[] others = OTHERS_CHANGING.split(" ", -1);
        byte[][] names = new byte[1 + StaticTable.LENGTH + others.length][];
        for (int i = 0; i <= StaticTable.LENGTH; i++) {
            names[i] = StaticTable.name(i);
        }
        for (int i = 0; i < others.length; i++) {
            names[1 + StaticTable.LENGTH + i] = ascii(others[i]);
        }
        return names;
    }

    private static byte[] ascii(String name) {
        return name.getBytes(StandardCharsets.US_ASCII);
    }

    private static int number(byte[] name) {
        return number(name, 0, name.length, Hash.of(name, 0, name.length));
    }

    private static int freeSlot(byte[] name) {
        int slot = Hash.of(name, 0, name.length) & SLOTS - 1;
        while (BY_HASH[slot] != UNKNOWN) {
            slot = slot + 1 & SLOTS - 1;
        }
        return slot;
    }

    /**
     * Finds a name.
     *
     * @param hash its {@link Hash}
     * @return its number, or {@link #UNKNOWN}
     */
    static int number(byte[] name, int from, int length, int hash) {
        for (int slot = hash & SLOTS - 1; BY_HASH[slot] != UNKNOWN; slot = slot + 1 & SLOTS - 1) {
            byte[] candidate = NAMES[BY_HASH[slot]];
            if (candidate.length == length && Arrays.equals(candidate, 0, length, name, from, from + length)) {
                return BY_HASH[slot];
            }
        }
        return UNKNOWN;
    }

    /** What is to be done with a field of this name. */
    static Indexing indexing(int number, int valueLength) {
        return number == COOKIE && valueLength < SHORT_COOKIE ? Indexing.NEVER : INDEXING[number];
    }
}
