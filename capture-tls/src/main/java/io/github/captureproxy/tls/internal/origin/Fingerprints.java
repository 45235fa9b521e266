package io.github.captureproxy.tls.internal.origin;

import io.github.captureproxy.tls.internal.host.HostName;
import io.github.captureproxy.tls.internal.trust.CertificateDigests;
import java.security.cert.X509Certificate;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** Which certificates are trusted as they are, for which name. Safe for any thread. */
public final class Fingerprints {
    /** More names than anyone vouches for one by one. */
    static final int MAX_NAMES = 10_000;

    /** A name may have several servers with a certificate each. */
    static final int MAX_PER_NAME = 16;

    private static final Pattern SHA_256 = Pattern.compile("[0-9a-f]{64}");

    private final ConcurrentMap<String, Set<String>> byName;
    private volatile int removals;

    /**
     * Begins with some.
     *
     * @param given fingerprints in lower-case hexadecimal digits, by comparable name
     */
    public Fingerprints(Map<String, Set<String>> given) {
        byName = new ConcurrentHashMap<>(given);
    }

    /**
     * The fingerprint of a certificate.
     *
     * @param certificate any
     * @return its SHA-256 in lower-case hexadecimal digits
     */
    public static String of(X509Certificate certificate) {
        return digits(CertificateDigests.fingerprint(certificate));
    }

    /**
     * Reads a fingerprint that a person wrote.
     *
     * @param sha256 64 hexadecimal digits, with or without colons
     * @return the digits in lower case
     * @throws IllegalArgumentException if it is none; the message says what to give
     */
    public static String digits(String sha256) {
        String digits = sha256.strip().replace(":", "").toLowerCase(Locale.ROOT);
        if (!SHA_256.matcher(digits).matches()) {
            throw new IllegalArgumentException(
                    "give the SHA-256 of the origin's certificate, 64 hexadecimal digits with or without colons, as"
                            + " \"openssl x509 -noout -fingerprint -sha256\" prints it");
        }
        return digits;
    }

    /**
     * Trusts one more.
     *
     * @param name an exact host name or address
     * @param sha256 the fingerprint, as {@link #digits} reads it
     * @return the name in its comparable form
     * @throws IllegalArgumentException if either is not that
     * @throws IllegalStateException if there are as many as there may be
     */
    public synchronized String add(String name, String sha256) {
        String host = HostName.parseHost(name)
                .orElseThrow(() -> new IllegalArgumentException("give one exact host name or address, without port"));
        String digits = digits(sha256);
        Set<String> before = byName.getOrDefault(host, Set.of());
        boolean full = before.isEmpty() ? byName.size() >= MAX_NAMES : before.size() >= MAX_PER_NAME;
        if (full && !before.contains(digits)) {
            throw new IllegalStateException("as many certificates are trusted as can be: take one back first");
        }
        byName.put(host, Stream.concat(before.stream(), Stream.of(digits)).collect(Collectors.toUnmodifiableSet()));
        return host;
    }

    /**
     * Trusts none of a name any more.
     *
     * @param name the name, in any case
     * @return its comparable form; empty if none was trusted
     */
    public synchronized Optional<String> remove(String name) {
        String host = HostName.asked(name);
        if (byName.remove(host) == null) {
            return Optional.empty();
        }
        removals++;
        return Optional.of(host);
    }

    /**
     * All of them.
     *
     * @return a copy, by name
     */
    public Map<String, Set<String>> all() {
        return new TreeMap<>(byName);
    }

    /**
     * How often a name was taken out: a connection that was judged before must not serve for one that is to be judged now.
     *
     * @return a count
     */
    public int removals() {
        return removals;
    }

    /**
     * Tells if a certificate is the one that is trusted as it is for a name.
     *
     * @param name the name in its comparable form
     * @param certificate an origin's own certificate
     * @return true if it is
     */
    public boolean contains(String name, X509Certificate certificate) {
        Set<String> trusted = byName.get(name);
        return trusted != null && trusted.contains(of(certificate));
    }
}
