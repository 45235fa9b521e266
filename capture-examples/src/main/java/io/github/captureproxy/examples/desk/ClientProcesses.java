package io.github.captureproxy.examples.desk;

import io.github.captureproxy.exchange.ClientInfo;
import io.github.captureproxy.spi.ClientArrival;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.NetworkInterface;
import java.nio.channels.ClosedByInterruptException;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.LongSupplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Which process of this machine each client's connection belongs to, on Linux. It looks when the client arrives, as a short
 * command is gone with its answer. Linux takes tens of milliseconds to list its sockets, so that is done for many
 * connections at once where they come at once, and for {@linkplain Allowance a part of the time} alone: of those beyond it
 * nothing is known, and they don't wait. Safe for any thread.
 */
public final class ClientProcesses implements ClientArrival {
    private static final Logger LOG = LoggerFactory.getLogger(ClientProcesses.class);

    /** As many connections as are open at a time, and some more that ended lately. */
    private static final int MAX_CONNECTIONS = 10_000;

    /** Those found last are looked at first: most connections come from few processes. */
    private static final int MAX_RECENT = 16;

    private final ProcFiles files;
    private final Allowance allowance;
    private final boolean available;
    private final Map<Long, Optional<ClientProcess>> byConnection = new LinkedHashMap<>();
    private final Set<Long> recent = new LinkedHashSet<>();
    /** What was listed last and is not taken for a connection yet: others may have come in before. */
    private Map<InetSocketAddress, Long> listed = Map.of();

    private boolean failed;

    /** Looks at this machine's own; finds nothing on other systems than Linux. */
    public ClientProcesses() {
        this(Path.of("/proc"), System::nanoTime);
    }

    ClientProcesses(Path proc, LongSupplier nanoTime) {
        this.files = new ProcFiles(proc);
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
        Optional<ClientProcess> found = find(client.address());
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

    private Optional<ClientProcess> find(InetSocketAddress client) {
        try {
            if (!isHere(client.getAddress())) {
                return Optional.empty();
            }
            Long inode = listed.get(client);
            if (inode == null) {
                listed = files.sockets();
                inode = listed.get(client);
            }
            if (inode == null) {
                return Optional.empty();
            }
            listed.remove(client); // the next one with this address is another one
            return owner(inode);
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

    private Optional<ClientProcess> owner(long inode) throws IOException {
        Optional<Long> pid =
                recent.stream().filter(each -> files.has(each, inode)).findFirst();
        if (pid.isEmpty()) {
            pid = files.processes().stream()
                    .filter(each -> !recent.contains(each) && files.has(each, inode))
                    .findFirst();
        }
        pid.ifPresent(this::remember);
        return pid.flatMap(files::process);
    }

    private void remember(long pid) {
        recent.remove(pid);
        if (recent.size() >= MAX_RECENT) {
            recent.remove(recent.iterator().next());
        }
        recent.add(pid);
    }
}
