package io.github.captureproxy.tls.internal.hsts;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Keeps the learned hosts in a file: read when it is opened, written by a thread of its own no more than once a second,
 * and when it is closed. A crash loses the last second.
 */
public final class HstsStore implements AutoCloseable {
    private static final long DELAY_MILLIS = 1000;

    /** A write of a full store takes a few milliseconds; a disk that hangs is not waited for much longer. */
    private static final long CLOSE_SECONDS = 5;

    private final LearnedHosts hosts;
    private final HstsFile file;
    private final Optional<String> problem;
    private final AtomicBoolean scheduled = new AtomicBoolean();
    private final ScheduledThreadPoolExecutor writer;

    private HstsStore(LearnedHosts hosts, HstsFile file, Optional<String> problem) {
        this.hosts = hosts;
        this.file = file;
        this.problem = problem;
        writer = new ScheduledThreadPoolExecutor(1, task -> {
            Thread thread = new Thread(task, "capture-hsts-store");
            thread.setDaemon(true);
            return thread;
        });
    }

    /**
     * Opens a file, and takes its hosts in. A broken one is logged, put aside under the name {@code .broken}, and
     * begun anew.
     *
     * @param path the file, which need not be there
     * @param hosts the store that it is to hold
     * @return the file as it is kept from now on
     * @throws IOException if it is a folder, or can neither be read nor put aside
     */
    public static HstsStore open(Path path, LearnedHosts hosts) throws IOException {
        if (Files.isDirectory(path)) {
            throw new IOException("it is a folder"); // somebody's own, which is not for us to move
        }
        HstsFile file = new HstsFile(path);
        Optional<String> problem = Optional.empty();
        try {
            file.read().forEach(hosts::restore);
        } catch (IOException e) {
            String words = e.getMessage() + "; it now is " + file.setAside() + ", and learning starts anew";
            log().warn("{}", words);
            problem = Optional.of(words);
        }
        return new HstsStore(hosts, file, problem);
    }

    /**
     * What was wrong with the file when it was opened.
     *
     * @return words that name it; empty if nothing was
     */
    public Optional<String> problem() {
        return problem;
    }

    /** Something was learned or forgotten: it is written within about a second. Does not block. */
    public void changed() {
        if (!writer.isShutdown() && scheduled.compareAndSet(false, true)) {
            try {
                var unused = writer.schedule(this::write, DELAY_MILLIS, TimeUnit.MILLISECONDS);
            } catch (RejectedExecutionException e) {
                scheduled.set(true); // it is being closed, which writes what there is
            }
        }
    }

    private void write() {
        scheduled.set(false);
        try {
            file.write(hosts.snapshot());
        } catch (IOException | RuntimeException e) {
            // The next change tries again; the hosts stay known in memory.
            log().warn("the HSTS file {} cannot be written: {}", file, e.toString());
        }
    }

    /** Writes what is not written yet. */
    @Override
    public void close() {
        writer.setExecuteExistingDelayedTasksAfterShutdownPolicy(false);
        boolean pending = scheduled.get();
        writer.shutdown();
        try {
            if (!writer.awaitTermination(CLOSE_SECONDS, TimeUnit.SECONDS)) {
                log().warn("the HSTS file {} is still being written", file);
            } else if (pending || scheduled.get()) {
                write();
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    /** Looked up only when there is something to say, as SLF4J itself prints at its first use where it has no provider. */
    private static Logger log() {
        return LoggerFactory.getLogger(HstsStore.class);
    }
}
