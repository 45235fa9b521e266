package io.github.captureproxy.examples.desk;

import io.github.captureproxy.exchange.ClientInfo;
import io.github.captureproxy.spi.ClientArrival;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.NetworkInterface;
import java.nio.channels.ClosedByInterruptException;
import java.nio.file.Path;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Which process of this machine each client's connection belongs to, on Linux. It looks when the client arrives, as a short
 * command is gone with its answer. Linux takes some milliseconds to list its sockets, however few there are, so
 * that is done for many connections at once where they come at once, and for {@linkplain Allowance a part of the time}
 * alone: of those beyond it nothing is known, and they don't wait. Safe for any thread.
 */
public final class ClientProcesses implements ClientArrival {
    private static final Logger LOG = LoggerFactory.getLogger(ClientProcesses.class);

    /** As many connections as are open at a time, and some more that ended lately. */
    private static final int MAX_CONNECTIONS = 10_000;

    /** What was listed longer ago may be of others by now. */
    private static final long LISTED_NANOS = TimeUnit.SECONDS.toNanos(1);

    private final ProcFiles files;
    private final Allowance allowance;
    private final boolean available;
    private final Map<Long, Optional<ClientProcess>> byConnection = new LinkedHashMap<>();
    private final SocketOwners owners;

    /** The one first in which the last client was: each takes long to read. */
    private final Deque<String> tables = new ArrayDeque<>(ProcFiles.TABLES);

    /** What was listed last and is not taken for a connection yet: others may have come in before. */
    private final Map<InetSocketAddress, Long> listed = new HashMap<>();

    private long listedAt;

    private boolean failed;

    /** Looks at this machine's own; finds nothing on other systems than Linux. */
    public ClientProcesses() {
        this(Path.of("/proc"), System::nanoTime);
    }

    ClientProcesses(Path proc, LongSupplier nanoTime) {
        this.files = new ProcFiles(proc);
        this.owners = new SocketOwners(files);
        this.allowance = new Allowance(nanoTime);
        this.available = files.areThere();
    }

    @Override
    public synchronized void arrived(ClientInfo client) {
        InetAddress address = client.address().getAddress();
        if (!available || address == null || !allowance.isLeft()) {
            return;
        }
        long begin = allowance.begin();
        Optional<ClientProcess> found = find(client.address(), begin);
        allowance.spent(begin);
        if (found.isPresent()) {
            if (byConnection.size() >= MAX_CONNECTIONS) {
                byConnection.remove(byConnection.keySet().iterator().next());
            }
            byConnection.put(client.connection(), found);
        }
    }

    /**
     * The process of a client.
     *
     * @param client the client
     * @return its process; empty for one on another machine, of another user, or of which nothing could be found
     */
    public synchronized Optional<ClientProcess> process(ClientInfo client) {
        return byConnection.getOrDefault(client.connection(), Optional.empty());
    }

    private Optional<ClientProcess> find(InetSocketAddress client, long now) {
        try {
            if (!isHere(client.getAddress())) {
                return Optional.empty();
            }
            Long inode = inode(client, now);
            return inode == null ? Optional.empty() : owners.owner(inode).flatMap(files::process);
        } catch (ClosedByInterruptException e) { // the proxy closes
            return Optional.empty();
        } catch (IOException e) {
            if (!failed) { // once is enough to know
                failed = true;
                LOG.warn("the processes of clients can't be found", e);
            }
            return Optional.empty();
        }
    }

    private static boolean isHere(InetAddress address) throws IOException {
        return address.isLoopbackAddress() || NetworkInterface.getByInetAddress(address) != null;
    }

    /** The socket at the other end; null if Linux lists none. The next client with its address is another one. */
    private @Nullable Long inode(InetSocketAddress client, long now) throws IOException {
        Long inode = now - listedAt < LISTED_NANOS ? listed.remove(client) : null;
        if (inode != null) {
            return inode;
        }
        listed.clear();
        listedAt = now;
        for (String table : List.copyOf(tables)) {
            files.addSockets(table, listed);
            inode = listed.remove(client);
            if (inode != null) {
                tables.remove(table);
                tables.addFirst(table);
                return inode;
            }
        }
        return null;
    }
}
