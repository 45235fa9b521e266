package io.github.captureproxy.examples.inspector;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.SecureRandom;
import java.util.ArrayDeque;
import java.util.Base64;
import java.util.Deque;
import java.util.Iterator;
import java.util.Optional;

/**
 * Who may read what was captured. A token is good for one key, and only its bearer gets it; a key is good until the
 * server ends. A page keeps its key to itself: no cookie carries it, as cookies go to every port of a host. Safe for any
 * thread.
 */
final class Keys {
    /** So many tokens wait for their use at most; the oldest goes first. */
    private static final int MAX_TOKENS = 16;
    /** So many pages are in use at most; the one that was opened first has to be opened anew. */
    private static final int MAX_KEYS = 64;

    private static final int BYTES = 32;

    private final SecureRandom random = new SecureRandom();
    private final Deque<String> tokens = new ArrayDeque<>();
    private final Deque<String> keys = new ArrayDeque<>();

    /** A new token, to be handed to whoever may open the page. */
    synchronized String newToken() {
        return add(tokens, MAX_TOKENS);
    }

    /** The key for a token, which is used up by that; empty for one that isn't good. */
    synchronized Optional<String> redeem(String token) {
        return take(token) ? Optional.of(add(keys, MAX_KEYS)) : Optional.empty();
    }

    /** Whether a key is good. */
    synchronized boolean isGood(String key) {
        boolean good = false;
        for (String known : keys) {
            good |= same(known, key);
        }
        return good;
    }

    private boolean take(String token) {
        for (Iterator<String> known = tokens.iterator(); known.hasNext(); ) {
            if (same(known.next(), token)) {
                known.remove();
                return true;
            }
        }
        return false;
    }

    private String add(Deque<String> list, int max) {
        byte[] bytes = new byte[BYTES];
        random.nextBytes(bytes);
        String made = Base64.getUrlEncoder().withoutPadding().encodeToString(bytes);
        if (list.size() == max) {
            list.removeFirst();
        }
        list.addLast(made);
        return made;
    }

    /** Takes the same time wherever the two differ. */
    private static boolean same(String a, String b) {
        return MessageDigest.isEqual(a.getBytes(StandardCharsets.UTF_8), b.getBytes(StandardCharsets.UTF_8));
    }
}
