package io.github.captureproxy.examples.store;

import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Predicate;

/**
 * The addresses of all clients that were ever recorded: few, so that a network is looked up here rather than in each row.
 * Those of one network only; a machine has some hundreds of neighbours at most. Safe for any thread.
 */
final class KnownClients {
    private final Map<String, InetAddress> addresses = new ConcurrentHashMap<>();

    /** Takes one in; false if it was known. */
    boolean add(String text, byte[] bytes) {
        if (addresses.containsKey(text)) {
            return false;
        }
        try {
            return addresses.put(text, InetAddress.getByAddress(bytes)) == null;
        } catch (UnknownHostException e) { // Of a wrong length: it has no address, and is in no network.
            return false;
        }
    }

    void remove(String text) {
        addresses.remove(text);
    }

    int size() {
        return addresses.size();
    }

    /** Those that pass, as their column has them. */
    List<String> matching(Predicate<InetAddress> test) {
        return addresses.entrySet().stream()
                .filter(entry -> test.test(entry.getValue()))
                .map(Map.Entry::getKey)
                .toList();
    }
}
