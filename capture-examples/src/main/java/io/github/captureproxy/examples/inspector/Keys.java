package io.github.captureproxy.examples.inspector;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.SecureRandom;
import java.util.ArrayDeque;
import java.util.Base64;
import java.util.Deque;
import java.util.Iterator;
import java.util.Optional;
import java.util.function.LongSupplier;

/**
 * Who may read what was captured. A token is good for one key and for a short while, and only its bearer gets the key; a key
 * is good until the server ends. A page keeps its key to itself: no cookie carries it, as cookies go to every port of a host. Safe for any
 * thread.
 */
final class Keys {
    /** So many tokens wait for their use at most; the oldest goes first. */
    private static final int MAX_TOKENS = 16;
    /** So many pages are in use at most; the one that was opened first has to be opened anew. */
    private static final int MAX_KEYS = 64;

    private static final int BYTES = 32;

    private final SecureRandom random = new SecureRandom();
    private final LongSupplier nanos;
    private final Deque<Token> tokens = new ArrayDeque<>();
    private final Deque<String> keys = new ArrayDeque<>();

    private record Token(String value, long end, Runnable used) {}

    Keys() {
        this(System::nanoTime);
    }

    /** With a clock of nanoseconds. */
    Keys(LongSupplier nanos) {
        this.nanos = nanos;
    }

    /**
     * A new token, to be handed to whoever may open the page.
     *
     * @param used called once when it is redeemed
     */
    synchronized String newToken(Runnable used) {
        Token token = new Token(random(), nanos.getAsLong() + Inspector.LINK_LIFETIME.toNanos(), used);
        add(token, tokens, MAX_TOKENS);
        return token.value();
    }

    /** The key for a token, which is used up by that; empty for one that isn't good, or isn't any more. */
    Optional<String> redeem(String token) {
        Optional<Token> taken = take(token);
        taken.ifPresent(known -> known.used().run());
        return taken.map(known -> newKey());
    }

    private synchronized String newKey() {
        String key = random();
        add(key, keys, MAX_KEYS);
        return key;
    }

    /** Whether a key is good. */
    synchronized boolean isGood(String key) {
        boolean good = false;
        for (String known : keys) {
            good |= same(known, key);
        }
        return good;
    }

    private synchronized Optional<Token> take(String token) {
        long now = nanos.getAsLong();
        tokens.removeIf(known -> now - known.end() >= 0);
        for (Iterator<Token> left = tokens.iterator(); left.hasNext(); ) {
            Token known = left.next();
            if (same(known.value(), token)) {
                left.remove();
                return Optional.of(known);
            }
        }
        return Optional.empty();
    }

    private String random() {
        byte[] bytes = new byte[BYTES];
        random.nextBytes(bytes);
        return Base64.getUrlEncoder().withoutPadding().encodeToString(bytes);
    }

    private static <T> void add(T made, Deque<T> list, int max) {
        if (list.size() == max) {
            list.removeFirst();
        }
        list.addLast(made);
    }

    /** Takes the same time wherever the two differ. */
    private static boolean same(String a, String b) {
        return MessageDigest.isEqual(a.getBytes(StandardCharsets.UTF_8), b.getBytes(StandardCharsets.UTF_8));
    }
}
