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
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

/** What Linux tells of processes and their sockets below {@code /proc}. Processes of other users show nothing of theirs. */
final class ProcFiles {
    private static final int MAX_COMMAND = 4_096;

    private final Path root;

    ProcFiles(Path root) {
        this.root = root;
    }

    boolean areThere() {
        return Files.isReadable(root.resolve("net/tcp"));
    }

    /** The sockets of this machine by the addresses of their own ends; a map of the caller's. */
    Map<InetSocketAddress, Long> sockets() throws IOException {
        Map<InetSocketAddress, Long> inodes = new HashMap<>();
        for (String table : List.of("net/tcp", "net/tcp6")) {
            Path file = root.resolve(table);
            if (Files.isReadable(file)) {
                try (Stream<String> lines = Files.lines(file, StandardCharsets.ISO_8859_1)) {
                    SocketTable.addTo(inodes, lines);
                } catch (UncheckedIOException e) {
                    throw e.getCause();
                }
            }
        }
        return inodes;
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

    /** Whether a process has a socket open. */
    boolean has(long pid, long inode) {
        String wanted = "socket:[" + inode + "]";
        try (DirectoryStream<Path> open = Files.newDirectoryStream(folder(pid).resolve("fd"))) {
            for (Path descriptor : open) {
                if (target(descriptor).equals(wanted)) {
                    return true;
                }
            }
        } catch (IOException | DirectoryIteratorException e) {
            return false; // it has ended, or is another user's
        }
        return false;
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
