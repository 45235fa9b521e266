package io.github.captureproxy.examples.desk;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;

/**
 * Which process has a socket. To look through all that processes have open takes long, and most connections come from few
 * processes, often many at once: so those found last are looked at first, and which descriptor stands for which of their
 * other sockets is remembered, so that one look tells if that is still true. For one thread at a time.
 */
final class SocketOwners {
    private static final int MAX_RECENT = 16;

    /** Of one process. */
    private static final int MAX_SOCKETS = 4_096;

    private final ProcFiles files;

    /** Processes, the one found last at the end, and the descriptors of their sockets that nobody has asked for yet. */
    private final Map<Long, Map<Long, Path>> recent = new LinkedHashMap<>();

    SocketOwners(ProcFiles files) {
        this.files = files;
    }

    /** The process that has a socket; empty if none can be seen to have it. */
    Optional<Long> owner(long inode) throws IOException {
        List<Long> lastFirst = new ArrayList<>(recent.keySet());
        Collections.reverse(lastFirst);
        for (long pid : lastFirst) {
            Map<Long, Path> sockets = Objects.requireNonNull(recent.get(pid));
            Path descriptor = sockets.remove(inode);
            if (descriptor != null && files.socket(descriptor) == inode) {
                remember(pid, sockets);
                return Optional.of(pid);
            }
        }
        for (long pid : lastFirst) {
            if (has(pid, inode)) {
                return Optional.of(pid);
            }
        }
        for (long pid : files.processes()) {
            if (!lastFirst.contains(pid) && has(pid, inode)) {
                return Optional.of(pid);
            }
        }
        return Optional.empty();
    }

    private boolean has(long pid, long inode) {
        Map<Long, Path> others = new HashMap<>();
        boolean found = files.has(pid, inode, others, MAX_SOCKETS);
        if (found) {
            remember(pid, others);
        }
        return found;
    }

    private void remember(long pid, Map<Long, Path> sockets) {
        recent.remove(pid);
        if (recent.size() >= MAX_RECENT) {
            recent.remove(recent.keySet().iterator().next());
        }
        recent.put(pid, sockets);
    }
}
