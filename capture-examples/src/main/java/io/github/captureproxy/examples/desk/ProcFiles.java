package io.github.captureproxy.examples.desk;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.nio.file.DirectoryIteratorException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

/** What Linux tells of processes and their sockets below {@code /proc}. Processes of other users show nothing of theirs. */
final class ProcFiles {
    /** What Linux lists sockets in: those of IPv4, and those of IPv6, which serve IPv4 as well. */
    static final List<String> TABLES = List.of("net/tcp", "net/tcp6");

    private static final int MAX_COMMAND = 4_096;
    private static final String SOCKET = "socket:[";

    private final Path root;

    ProcFiles(Path root) {
        this.root = root;
    }

    boolean areThere() {
        return Files.isReadable(root.resolve(TABLES.get(0)));
    }

    /** Adds the sockets that one of the {@linkplain #TABLES tables} lists, by the addresses of their own ends. */
    void addSockets(String table, Map<InetSocketAddress, Long> inodes) throws IOException {
        Path file = root.resolve(table);
        if (Files.isReadable(file)) {
            try (Stream<String> lines = Files.lines(file, StandardCharsets.ISO_8859_1)) {
                SocketTable.addTo(inodes, lines);
            } catch (UncheckedIOException e) {
                throw e.getCause();
            }
        }
    }

    /** The processes that can be looked at, the newest first as a rule. */
    List<Long> processes() throws IOException {
        List<Long> pids = new ArrayList<>();
        try (DirectoryStream<Path> folders = Files.newDirectoryStream(root, "[1-9]*")) {
            folders.forEach(folder -> {
                String name = folder.getFileName().toString();
                if (name.chars().allMatch(Character::isDigit)) {
                    pids.add(Long.parseLong(name));
                }
            });
        }
        pids.sort((a, b) -> Long.compare(b, a));
        return pids;
    }

    /**
     * Looks for a socket among what a process has open.
     *
     * @param others gets its other sockets by their numbers, until it holds so many
     * @param most so many
     * @return whether the process has it
     */
    boolean has(long pid, long wanted, Map<Long, Path> others, int most) {
        boolean found = false;
        try (DirectoryStream<Path> open = Files.newDirectoryStream(folder(pid).resolve("fd"))) {
            for (Path descriptor : open) {
                long inode = socket(descriptor);
                if (inode == wanted) {
                    found = true;
                } else if (inode > 0 && others.size() < most) {
                    others.put(inode, descriptor);
                }
                if (found && others.size() >= most) {
                    break;
                }
            }
        } catch (IOException | DirectoryIteratorException e) {
            return found; // it has ended, or is another user's
        }
        return found;
    }

    /** The number of the socket that a descriptor stands for; 0 if it is none, or is closed. */
    long socket(Path descriptor) {
        String target = target(descriptor);
        return target.startsWith(SOCKET) && target.endsWith("]")
                ? SocketTable.number(target.substring(SOCKET.length(), target.length() - 1))
                : 0;
    }

    private static String target(Path descriptor) {
        try {
            return Files.readSymbolicLink(descriptor).toString();
        } catch (IOException e) {
            return ""; // closed since
        }
    }

    /** A process by its id; empty if it has ended. */
    Optional<ClientProcess> process(long pid) {
        try (InputStream line = Files.newInputStream(folder(pid).resolve("cmdline"))) {
            String name = Files.readString(folder(pid).resolve("comm"), StandardCharsets.ISO_8859_1);
            String command = new String(line.readNBytes(MAX_COMMAND), StandardCharsets.UTF_8);
            return Optional.of(new ClientProcess(
                    name.strip(), pid, command.replace('\0', ' ').strip()));
        } catch (IOException e) {
            return Optional.empty(); // it has ended
        }
    }

    private Path folder(long pid) {
        return root.resolve(Long.toString(pid));
    }
}
