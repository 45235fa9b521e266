package io.github.captureproxy.tls.internal.memory;

import io.github.captureproxy.tls.internal.memory.Rejection.Cause;
import io.github.captureproxy.tls.internal.memory.RejectionRules.Trust;
import java.time.Clock;
import java.util.Optional;

/**
 * What is remembered of clients: who trusts the authority, who rejected a certificate for which name, who does not know
 * the authority at all. Thread-safe; two calls about one client may cross, and then either order is right.
 */
public final class ClientMemory {
    private final Lifetimes lifetimes;
    private final QuotaMap<Client, Trust> trusting;
    private final QuotaMap<Client, Boolean> revoked;
    private final QuotaMap<ClientAndName, Rejection> rejections;
    private final QuotaMap<ClientAndName, Boolean> sent;
    private final QuotaMap<Client, Distrust> distrust;

    /**
     * Makes an empty memory.
     *
     * @param clock what tells when entries expire
     * @param lifetimes how long they last
     * @param capacity how many of each kind there may be
     */
    public ClientMemory(Clock clock, Lifetimes lifetimes, Capacity capacity) {
        this.lifetimes = lifetimes;
        trusting = map(clock, capacity);
        revoked = map(clock, capacity);
        rejections = map(clock, capacity);
        sent = map(clock, capacity);
        distrust = map(clock, capacity);
    }

    private static <K, V> QuotaMap<K, V> map(Clock clock, Capacity capacity) {
        return new QuotaMap<>(clock, capacity.entries(), capacity.perAddress());
    }

    /**
     * A client and a name.
     *
     * @param client the client
     * @param name the tunnel's name
     */
    public record ClientAndName(Client client, String name) {}

    /**
     * The names on which a client did not know the authority, with none accepted since.
     *
     * @param first the first name
     * @param second another one; empty as long as there is none
     */
    public record Distrust(String first, String second) {
        boolean isShown() {
            return !second.isEmpty();
        }

        private Distrust with(String name) {
            return isShown() || name.equals(first) ? this : new Distrust(first, name);
        }
    }

    /**
     * How a client is known to trust the authority.
     *
     * @param client the client
     * @return {@link Trust#NONE} if it is not
     */
    public Trust trust(Client client) {
        return trusting.get(client).orElse(Trust.NONE);
    }

    /**
     * How a client rejected the leaf for a name.
     *
     * @param client the client
     * @param name the tunnel's name
     * @return the rejection; empty if none is remembered
     */
    public Optional<Rejection> rejection(Client client, String name) {
        return rejections.get(new ClientAndName(client, name));
    }

    /**
     * What shows that a client does not know the authority.
     *
     * @param client the client
     * @return the names, in words; empty if nothing does
     */
    public Optional<String> distrust(Client client) {
        return distrust.get(client)
                .filter(Distrust::isShown)
                .map(names -> "this client did not know the authority for " + names.first() + " and " + names.second());
    }

    /**
     * Tells if a client ever sent application data to a name, as far as is remembered.
     *
     * @param client the client
     * @param name the tunnel's name
     * @return true if it did
     */
    public boolean hasSent(Client client, String name) {
        return sent.get(new ClientAndName(client, name)).isPresent();
    }

    /**
     * A client sent application data after a full handshake: it accepts the certificate, and does know the authority
     * unless an earlier rejection on an HSTS host says that it only skips the check.
     *
     * @param client the client
     * @param name the tunnel's name
     */
    public void accepted(Client client, String name) {
        Object owner = client.owner();
        sent.put(owner, new ClientAndName(client, name), true, lifetimes.strong());
        distrust.remove(client);
        if (revoked.get(client).isEmpty()) {
            Trust known = trust(client) == Trust.PROVEN ? Trust.PROVEN : Trust.BY_DATA;
            trusting.put(owner, client, known, lifetimes.trust());
        }
    }

    /**
     * A client sent application data after it resumed a session: that says nothing of its trust.
     *
     * @param client the client
     * @param name the tunnel's name
     */
    public void sentAfterResumption(Client client, String name) {
        sent.put(client.owner(), new ClientAndName(client, name), true, lifetimes.strong());
    }

    /**
     * A client passed the trust check. What its address rejected is forgotten, as the authority may have been put in
     * place since; pins stay.
     *
     * @param client the client
     */
    public void passedTrustCheck(Client client) {
        String address = client.address();
        rejections.removeIf(entry ->
                entry.key().client().address().equals(address) && entry.value().cause() != Cause.PIN);
        distrust.removeIf(entry -> entry.key().address().equals(address));
        revoked.removeIf(entry -> entry.key().address().equals(address));
        trusting.put(client.owner(), client, Trust.PROVEN, lifetimes.trust());
    }

    /**
     * A client rejected the leaf for a name. If that is because it does not know the authority, on a host known by HSTS,
     * it is not taken for one that trusts any more.
     *
     * @param client the client
     * @param name the tunnel's name
     * @param rejection how
     * @param hsts true if the name is known by HSTS
     */
    public void rejected(Client client, String name, Rejection rejection, boolean hsts) {
        Object owner = client.owner();
        rejections.put(
                owner,
                new ClientAndName(client, name),
                rejection,
                rejection.weak() ? lifetimes.weak() : lifetimes.strong());
        if (rejection.cause() != Cause.AUTHORITY) {
            return;
        }
        Distrust names = distrust.get(client).map(known -> known.with(name)).orElseGet(() -> new Distrust(name, ""));
        distrust.put(owner, client, names, lifetimes.strong());
        if (hsts && trusting.remove(client)) {
            revoked.put(owner, client, true, lifetimes.strong());
        }
    }

    /**
     * The clients known to trust.
     *
     * @return the map itself, to list and to clear
     */
    public QuotaMap<Client, Trust> trusting() {
        return trusting;
    }

    /**
     * The rejections.
     *
     * @return the map itself, to list and to clear
     */
    public QuotaMap<ClientAndName, Rejection> rejections() {
        return rejections;
    }

    /**
     * The clients that sent application data, by name.
     *
     * @return the map itself, to list and to clear
     */
    public QuotaMap<ClientAndName, Boolean> sent() {
        return sent;
    }

    /**
     * The clients that did not know the authority on a name or two.
     *
     * @return the map itself, to list and to clear
     */
    public QuotaMap<Client, Distrust> distrusts() {
        return distrust;
    }

    /**
     * The clients that data alone does not make trusted any more.
     *
     * @return the map itself, to list and to clear
     */
    public QuotaMap<Client, Boolean> revocations() {
        return revoked;
    }

    /** Forgets all of every client. */
    public void clear() {
        trusting.clear();
        revoked.clear();
        rejections.clear();
        sent.clear();
        distrust.clear();
    }
}
