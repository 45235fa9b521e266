package io.github.captureproxy.examples.desk;

import io.github.captureproxy.exchange.ClientInfo;
import io.github.captureproxy.spi.ClientArrival;
import java.io.IOException;
import java.net.InetAddress;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.function.LongSupplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Which process of this machine each client's connection belongs to, on Linux. It looks when the client arrives, as a short
 * command is gone with its answer. Processes are gone through for a part of each second at most, so that many connections
 * can't make that a load: of those beyond it nothing is known, unless their process was found before. Safe for any thread.
 */
public final class ClientProcesses implements ClientArrival {
    private static final Logger LOG = LoggerFactory.getLogger(ClientProcesses.class);

    /** As many connections as are open at a time, and some more that ended lately. */
    private static final int MAX_CONNECTIONS = 10_000;

    /** Those found last are looked at first: most connections come from few processes. */
    private static final int MAX_RECENT = 16;

    /** Going through all processes takes some milliseconds, up to a hundred where there are thousands of files open. */
    private static final long MAX_SEARCH_NANOS = TimeUnit.MILLISECONDS.toNanos(200);

    private static final long WINDOW_NANOS = TimeUnit.SECONDS.toNanos(1);

    private final ProcFiles files;
    private final LongSupplier nanoTime;
    private final boolean available;
    private final Map<Long, Optional<ClientProcess>> byConnection = new LinkedHashMap<>();
    private final Set<Long> recent = new LinkedHashSet<>();
    private long windowStart;
    private long searched;
    private boolean failed;

    /** Looks at this machine's own; finds nothing on other systems than Linux. */
    public ClientProcesses() {
        this(Path.of("/proc"), System::nanoTime);
    }

    ClientProcesses(Path proc, LongSupplier nanoTime) {
        this.files = new ProcFiles(proc);
        this.nanoTime = nanoTime;
        this.available = files.areThere();
        this.windowStart = nanoTime.getAsLong();
    }

    @Override
    public void arrived(ClientInfo client) {
        process(client);
    }

    /**
     * The process of a client.
     *
     * @param client the client
     * @return its process; empty for one on another machine, of another user, or of which nothing could be found
     */
    public synchronized Optional<ClientProcess> process(ClientInfo client) {
        InetAddress address = client.address().getAddress();
        if (!available || address == null) {
            return Optional.empty();
        }
        Optional<ClientProcess> known = byConnection.get(client.connection());
        if (known != null) {
            return known;
        }
        Optional<ClientProcess> found = find(client);
        if (byConnection.size() >= MAX_CONNECTIONS) {
            byConnection.remove(byConnection.keySet().iterator().next());
        }
        byConnection.put(client.connection(), found);
        return found;
    }

    private Optional<ClientProcess> find(ClientInfo client) {
        try {
            OptionalLong inode = files.inode(client.address());
            return inode.isPresent() ? owner(inode.getAsLong()) : Optional.empty();
        } catch (IOException e) {
            if (!failed) { // once is enough to know
                failed = true;
                LOG.warn("the processes of clients can't be found", e);
            }
            return Optional.empty();
        }
    }

    private Optional<ClientProcess> owner(long inode) throws IOException {
        Optional<Long> pid =
                recent.stream().filter(each -> files.has(each, inode)).findFirst();
        if (pid.isEmpty() && maySearch()) {
            long begin = nanoTime.getAsLong();
            pid = files.processes().stream()
                    .filter(each -> !recent.contains(each) && files.has(each, inode))
                    .findFirst();
            searched += nanoTime.getAsLong() - begin;
        }
        pid.ifPresent(this::remember);
        return pid.flatMap(files::process);
    }

    private boolean maySearch() {
        long now = nanoTime.getAsLong();
        if (now - windowStart >= WINDOW_NANOS) {
            windowStart = now;
            searched = 0;
        }
        return searched < MAX_SEARCH_NANOS;
    }

    private void remember(long pid) {
        recent.remove(pid);
        if (recent.size() >= MAX_RECENT) {
            recent.remove(recent.iterator().next());
        }
        recent.add(pid);
    }
}
