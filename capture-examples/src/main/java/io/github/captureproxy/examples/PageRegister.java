package io.github.captureproxy.examples;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Where the pages of a user's programs listen, so that no proxy of theirs leads to one. Each page has a file in a folder that
 * they share, named by its port, in which the process stands that it belongs to: once that has ended, the file counts for
 * nothing. Safe for any thread.
 */
final class PageRegister implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(PageRegister.class);

    /** Times of files and of processes are not of one clock. */
    private static final long SLACK_SECONDS = 5;

    /** So long a port is taken to be no page's without another look: connections are judged at each exchange. */
    private static final long FRESH_NANOS = TimeUnit.MILLISECONDS.toNanos(500);

    /** Ports of which is known when no page was there. */
    private static final int MAX_LOOKED = 64;

    private final Path folder;
    private final Map<Integer, Long> looked = new ConcurrentHashMap<>();
    private @Nullable Path own;

    private PageRegister(Path folder) {
        this.folder = folder;
    }

    /** That of the user whom the program runs for. */
    static PageRegister of(Machine machine) {
        return new PageRegister(machine.dataFolder().resolve("pages"));
    }

    /** Enters a page of this process. That it can't be written is logged: the page is there all the same. */
    synchronized void enter(int port) {
        try {
            Files.createDirectories(folder);
            forgetEnded();
            Path file = file(port);
            Files.writeString(file, Long.toString(ProcessHandle.current().pid()), ISO_8859_1);
            own = file;
        } catch (IOException e) {
            LOG.warn("the page can't be entered in {}: proxies of other programs may lead to it", folder, e);
        }
    }

    /** Whether one of the pages listens there: all of them are on the loopback. One that has just begun may not be known yet. */
    boolean isPage(InetSocketAddress target) {
        InetAddress address = target.getAddress();
        if (!address.isLoopbackAddress() && !address.isAnyLocalAddress()) {
            return false;
        }
        long now = System.nanoTime();
        Long last = looked.get(target.getPort());
        if (last != null && now - last < FRESH_NANOS) {
            return false;
        }
        boolean page = isInUse(file(target.getPort()));
        if (!page) {
            if (looked.size() >= MAX_LOOKED) {
                looked.clear();
            }
            looked.put(target.getPort(), now);
        }
        return page;
    }

    private Path file(int port) {
        return folder.resolve(Integer.toString(port));
    }

    private void forgetEnded() throws IOException {
        try (DirectoryStream<Path> files = Files.newDirectoryStream(folder, "[0-9]*")) {
            for (Path file : files) {
                if (!isInUse(file)) {
                    Files.deleteIfExists(file);
                }
            }
        }
    }

    /** The process has the file's number, and none has got it since. */
    private static boolean isInUse(Path file) {
        if (!Files.exists(file)) {
            return false;
        }
        try {
            Instant latest = Files.getLastModifiedTime(file).toInstant().plusSeconds(SLACK_SECONDS);
            Optional<ProcessHandle> process = ProcessHandle.of(
                    Long.parseLong(Files.readString(file, ISO_8859_1).strip()));
            return process.filter(found -> found.info()
                            .startInstant()
                            .map(start -> !start.isAfter(latest))
                            .orElse(true))
                    .isPresent();
        } catch (IOException | NumberFormatException e) {
            return Files.exists(file); // being written, unless it has just been deleted
        }
    }

    /** Takes the page out again. */
    @Override
    public synchronized void close() {
        if (own == null) {
            return;
        }
        try {
            Files.deleteIfExists(own);
        } catch (IOException e) {
            LOG.debug("{} stays, and counts for nothing once this process has ended", own, e);
        }
        own = null;
    }
}
