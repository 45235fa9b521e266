package io.github.captureproxy.tls;

import io.github.captureproxy.tls.internal.host.HostName;
import java.util.Objects;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;
import java.util.function.Consumer;

/**
 * What a person chose for single hosts while the proxy runs. A choice comes before the builder's rules, and counts from the
 * next tunnel on: those that are open stay as they are. Kept in memory alone. Safe for any thread.
 */
public final class HostChoices {
    /** More than anyone chooses by hand; one takes a hundred bytes. */
    public static final int MAX_HOSTS = 10_000;

    private final ConcurrentMap<String, Choice> chosen = new ConcurrentHashMap<>();
    private final Consumer<String> toInspect;

    /** Tells of each host that is to be inspected from now on, by its comparable name. */
    HostChoices(Consumer<String> toInspect) {
        this.toInspect = toInspect;
    }

    /** What is to be done with a host's tunnels. */
    public enum Choice {
        /**
         * They are inspected, whatever the builder's rules, HSTS, or a client's distrust for other hosts say. A client that
         * refuses the certificate for this host after that is passed through all the same, after that one connection; and
         * the origin's certificate is checked as ever.
         */
        INSPECT,
        /** They are passed through, with {@code HOST_RULE} for a reason. */
        PASS_THROUGH,
        /** As if nothing had been chosen. */
        DEFAULT
    }

    /**
     * Chooses for a host. {@link Choice#INSPECT} also forgets which clients refused the certificate for it before.
     *
     * @param host one exact name or address, without a port; it means tunnels of that name or to that target
     * @param choice what to do with its tunnels
     * @throws IllegalArgumentException if it is no host
     * @throws IllegalStateException if {@link #MAX_HOSTS} others have a choice already
     */
    public void set(String host, Choice choice) {
        String name = HostName.parseHost(host)
                .orElseThrow(() -> new IllegalArgumentException(
                        "\"" + host + "\" is no host: give one exact name or address, without a port"));
        Objects.requireNonNull(choice, "choice");
        synchronized (chosen) { // for the bound
            if (choice == Choice.DEFAULT) {
                chosen.remove(name);
                return;
            }
            if (chosen.size() >= MAX_HOSTS && !chosen.containsKey(name)) {
                throw new IllegalStateException(
                        MAX_HOSTS + " hosts have a choice of their own already: put one back to the default");
            }
            chosen.put(name, choice);
        }
        if (choice == Choice.INSPECT) {
            toInspect.accept(name);
        }
    }

    /**
     * What was chosen for a host.
     *
     * @param host its name or address, in any case
     * @return the choice; {@link Choice#DEFAULT} if none was made
     */
    public Choice of(String host) {
        return chosen.getOrDefault(HostName.asked(host), Choice.DEFAULT);
    }

    /**
     * All choices.
     *
     * @return a copy, by name; none is {@link Choice#DEFAULT}
     */
    public SortedMap<String, Choice> all() {
        return new TreeMap<>(chosen);
    }

    /** Puts all hosts back to the default. */
    public void clear() {
        synchronized (chosen) {
            chosen.clear();
        }
    }

    /** The choice for a tunnel: by its name, else by its target. */
    Choice of(String name, String target) {
        return Optional.ofNullable(chosen.get(name)).orElseGet(() -> chosen.getOrDefault(target, Choice.DEFAULT));
    }
}
