package io.github.captureproxy.testkit;

import static java.util.stream.Collectors.toCollection;
import static java.util.stream.Collectors.toSet;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.channels.SelectionKey;
import java.nio.channels.Selector;
import java.nio.channels.ServerSocketChannel;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashSet;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.locks.LockSupport;

/** What a proxy can leave behind in its process: threads, descriptors (where there is a /proc) and temporary files. */
public final class Leaks {
    private static final Path DESCRIPTORS = Path.of("/proc/self/fd");
    private static final Path TEMPORARY = Path.of(System.getProperty("java.io.tmpdir"));
    private static final long POLL_NANOS = Duration.ofMillis(10).toNanos();
    private static final int POLLS_BEFORE_COLLECTING = 3;
    /** A collection takes its time from the tests beside, and what waits for one looks for it every second. */
    private static final int POLLS_BETWEEN_COLLECTIONS = 110;

    private final Set<String> before;

    static {
        openWhatTheJvmKeeps();
    }

    private Leaks(Set<String> before) {
        this.before = before;
    }

    /** The JDK's first close of a channel that a selector knows opens a socket that it then keeps for all others. */
    private static void openWhatTheJvmKeeps() {
        try (Selector selector = Selector.open();
                ServerSocketChannel channel = ServerSocketChannel.open()) {
            channel.configureBlocking(false);
            channel.register(selector, SelectionKey.OP_ACCEPT);
        } catch (IOException e) {
            throw new UncheckedIOException("no socket can be opened", e);
        }
    }

    /** Remembers what there is now. */
    public static Leaks since() {
        return new Leaks(present());
    }

    /**
     * What there is now and was not before. Some ends are told to nobody, such as that of a socket which its owner's
     * collection closes (the JDK's HttpClient has no close before 21): so this looks again until a deadline.
     *
     * @return the leaks, one line each, sorted; empty if there are none
     */
    public Set<String> await(Duration atMost) {
        long start = System.nanoTime();
        Set<String> left = now();
        for (int polls = 1; !left.isEmpty() && System.nanoTime() - start < atMost.toNanos(); polls++) {
            if (polls % POLLS_BETWEEN_COLLECTIONS == POLLS_BEFORE_COLLECTING) {
                System.gc();
            }
            LockSupport.parkNanos(POLL_NANOS);
            left = now();
        }
        return left;
    }

    /** What there is at this moment and was not before. */
    public Set<String> now() {
        Set<String> left = new TreeSet<>(present());
        left.removeAll(before);
        return left;
    }

    /** How many sockets the process has open; 0 where that cannot be told. */
    public static long openSockets() {
        return descriptors().stream().filter(it -> it.contains("socket:")).count();
    }

    private static Set<String> present() {
        Set<String> all = new HashSet<>(descriptors());
        all.addAll(threads());
        all.addAll(temporaryFiles());
        return all;
    }

    private static Set<String> threads() {
        return Thread.getAllStackTraces().keySet().stream()
                .filter(thread -> thread.getName().startsWith("capture-proxy-"))
                .map(thread -> "thread " + thread.getName() + " (" + thread.getId() + ")")
                .collect(toSet());
    }

    private static Set<String> descriptors() {
        if (!Files.isDirectory(DESCRIPTORS)) {
            return Set.of();
        }
        return entries(DESCRIPTORS).stream()
                .map(Leaks::describe)
                .filter(text -> !text.isEmpty())
                .collect(toCollection(HashSet::new));
    }

    /** Code and devices are opened once for all, by whoever happens to need them first. */
    private static String describe(Path descriptor) {
        try {
            String target = Files.readSymbolicLink(descriptor).toString();
            boolean shared = target.endsWith(".jar")
                    || target.endsWith(".so")
                    || target.endsWith("/modules")
                    || target.startsWith("/dev/")
                    || target.startsWith("/proc/")
                    || target.startsWith("/sys/"); // where the JVM looks up its limits, at any time
            return shared ? "" : "descriptor " + descriptor.getFileName() + " -> " + target;
        } catch (IOException e) { // closed meanwhile, as that of this very directory is
            return "";
        }
    }

    private static Set<String> temporaryFiles() {
        return entries(TEMPORARY).stream()
                .filter(file -> file.getFileName().toString().matches("(body|capture-proxy)-.*"))
                .map(file -> "file " + file)
                .collect(toSet());
    }

    private static Set<Path> entries(Path folder) {
        Set<Path> all = new HashSet<>();
        try (DirectoryStream<Path> entries = Files.newDirectoryStream(folder)) {
            entries.forEach(all::add);
        } catch (IOException e) {
            throw new UncheckedIOException("cannot list " + folder, e);
        }
        return all;
    }
}
