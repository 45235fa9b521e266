package io.github.captureproxy.internal.dispatch;

import io.github.captureproxy.exchange.CapturedBody;
import io.github.captureproxy.exchange.CapturedRequest;
import io.github.captureproxy.exchange.CapturedResponse;
import io.github.captureproxy.exchange.Exchange;
import io.github.captureproxy.internal.dispatch.SpillQueue.Kind;
import io.github.captureproxy.internal.dispatch.SpillQueue.Step;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicLong;
import java.util.stream.Stream;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Large bodies in files, written by one thread of its own, so that a reactor thread only hands chunks over. Safe for any
 * thread. What earlier runs left in the folder is neither counted nor touched.
 */
public final class SpillFiles {
    /** Bytes that may wait for the writer: a fast network outruns a disk for a while, and the heap has to hold it. */
    static final long MAX_QUEUED_BYTES = 16L * 1024 * 1024;

    /** Every so many broken files are logged after the first: a full disk breaks them all. */
    private static final int LOG_EVERY = 1000;

    /** How long the writer may take to end once it was interrupted. */
    private static final Duration GRACE = Duration.ofMillis(500);

    private final SpillFolder folder;
    private final long maxTotalBytes;
    private final boolean deleteOnClose;
    private final SpillQueue queue;
    private final Thread writer;
    private final AtomicBoolean started = new AtomicBoolean();
    private final AtomicLong totalBytes = new AtomicLong();
    private final AtomicLong brokenFiles = new AtomicLong();
    private final Set<SpillFile> files = ConcurrentHashMap.newKeySet();
    private volatile boolean givenUp;
    private volatile boolean writerDone;

    /**
     * Takes a folder. The writer's thread starts with the first file.
     *
     * @param folder an existing folder that can be written to
     * @param maxTotalBytes how many bytes all files together may have that are not deleted
     * @param deleteOnClose true to delete all files in {@link #close}; otherwise they stay
     * @param threadName the name of the writer's thread
     * @throws IllegalArgumentException if the folder is missing or cannot be written to, or the number is not positive
     */
    public SpillFiles(Path folder, long maxTotalBytes, boolean deleteOnClose, String threadName) {
        this(new SpillFolder(folder), new SpillQueue(MAX_QUEUED_BYTES), maxTotalBytes, deleteOnClose, threadName);
    }

    /** For tests: with a disk and a queue of their own. */
    SpillFiles(SpillFolder folder, SpillQueue queue, long maxTotalBytes, boolean deleteOnClose, String threadName) {
        if (maxTotalBytes < 1) {
            throw new IllegalArgumentException(
                    "the spill files' maxTotalBytes is " + maxTotalBytes + ": set it to 1 or more");
        }
        this.folder = folder;
        this.queue = queue;
        this.maxTotalBytes = maxTotalBytes;
        this.deleteOnClose = deleteOnClose;
        this.writer = new Thread(this::write, threadName);
        writer.setDaemon(true);
    }

    /**
     * Begins a file. Does no I/O.
     *
     * @return a file without a byte; after {@link #close} one that takes none
     */
    public SpillFile create() {
        if (started.compareAndSet(false, true)) {
            writer.start();
        }
        SpillFile file = new SpillFile(this, folder.newName());
        files.add(file);
        return file;
    }

    /**
     * How many bytes the files have that are not deleted, those included that still wait for the writer.
     *
     * @return the number of bytes that count against {@code maxTotalBytes}
     */
    public long totalBytes() {
        return totalBytes.get();
    }

    /**
     * How many files could not be written.
     *
     * @return their number so far
     */
    public long brokenFiles() {
        return brokenFiles.get();
    }

    /**
     * Tells if any body of an exchange lies in a file.
     *
     * @param exchange the exchange
     * @return true if one does
     */
    public static boolean hold(Exchange exchange) {
        return spilled(exchange).findAny().isPresent();
    }

    /**
     * Keeps the files of an exchange's bodies for one more holder. To be called while another one has them.
     *
     * @param exchange the exchange, from {@link SpillFile#finish} or not
     */
    public static void retain(Exchange exchange) {
        spilled(exchange).forEach(SpillFile.Source::retain);
    }

    /**
     * One holder lets go of the files of an exchange's bodies; the last one has them deleted.
     *
     * @param exchange the exchange, from {@link SpillFile#finish} or not
     */
    public static void release(Exchange exchange) {
        spilled(exchange).forEach(SpillFile.Source::release);
    }

    private static Stream<SpillFile.Source> spilled(Exchange exchange) {
        Stream<CapturedBody> sent = Stream.concat(
                Stream.of(exchange.request().body()), exchange.sentRequest().map(CapturedRequest::body).stream());
        Stream<CapturedBody> received = Stream.concat(
                exchange.response().map(CapturedResponse::body).stream(),
                exchange.originResponse().map(CapturedResponse::body).stream());
        return Stream.concat(sent, received)
                .map(CapturedBody::source)
                .distinct()
                .filter(SpillFile.Source.class::isInstance)
                .map(SpillFile.Source.class::cast);
    }

    /**
     * Takes no more bytes, writes what waits, and ends the writer's thread. What is not written by the deadline is
     * given up, and can't be read. Files that were written can be read and deleted later too.
     *
     * @param deadline how long to wait for the writer
     * @return false if the writer hangs in the disk; it ends when that comes back
     */
    public boolean close(Duration deadline) {
        queue.end();
        if (started.compareAndSet(false, true)) {
            writerDone = true;
            return true;
        }
        try {
            Deadline.in(deadline).join(writer);
            if (writer.isAlive()) {
                givenUp = true;
                writer.interrupt();
                Deadline.in(GRACE).join(writer);
            }
        } catch (InterruptedException e) {
            // Whoever closes is in a hurry: the writer gives up, and the caller sees the flag.
            givenUp = true;
            writer.interrupt();
            Thread.currentThread().interrupt();
        }
        return !writer.isAlive();
    }

    boolean append(SpillFile file, byte[] chunk, int length) {
        if (totalBytes.addAndGet(length) > maxTotalBytes || !queue.offer(new Step(Kind.APPEND, file, chunk, length))) {
            totalBytes.addAndGet(-length);
            return false;
        }
        return true;
    }

    /** Lets a file be read once all before has been written; after the end the writer has seen to that. */
    void settle(SpillFile file) {
        queue.offer(Step.of(Kind.SETTLE, file));
    }

    void enqueueDeletion(SpillFile file) {
        // Past the queue's end the writer deletes what was marked by then; once it is done, only this thread can.
        if (!queue.offer(Step.of(Kind.DELETE, file)) && writerDone) {
            remove(file);
        }
    }

    private void write() {
        try {
            Step step = queue.take();
            while (step != null) {
                perform(step);
                step = queue.take();
            }
        } catch (InterruptedException e) {
            // close() gave up; what is left is marked as broken below.
        } finally {
            end();
        }
    }

    private void perform(Step step) {
        SpillFile file = step.file();
        try {
            switch (step.kind()) {
                case APPEND -> append(step);
                case SETTLE -> {
                    folder.close(file.path());
                    file.settle();
                }
                case DELETE -> remove(file);
            }
        } catch (IOException | RuntimeException e) {
            fail(file, new IOException(e.toString(), e));
        }
    }

    private void append(Step step) throws IOException {
        SpillFile file = step.file();
        if (file.isDeleted() || file.isBroken()) {
            return;
        }
        if (givenUp) {
            throw new IOException("the proxy was closed before it was written");
        }
        file.write(folder, step.chunk(), step.length());
    }

    private void fail(SpillFile file, IOException cause) {
        file.fail(cause);
        if (brokenFiles.getAndIncrement() % LOG_EVERY == 0) {
            log().warn("spill file {} cannot be written: {}; {} so far", file.path(), cause, brokenFiles);
        }
        deleteFromDisk(file);
    }

    private void remove(SpillFile file) {
        if (files.remove(file)) {
            totalBytes.addAndGet(-file.accepted());
            deleteFromDisk(file);
            file.settle();
        }
    }

    private void deleteFromDisk(SpillFile file) {
        try {
            folder.delete(file.path());
        } catch (IOException | RuntimeException e) {
            log().warn("spill file {} cannot be deleted: {}", file.path(), e.toString());
        }
    }

    /** Leaves every file either readable or broken, and nothing open. */
    private void end() {
        for (SpillFile file : files) {
            try {
                folder.close(file.path());
                file.settle();
            } catch (IOException e) {
                fail(file, e);
            }
        }
        writerDone = true;
        for (SpillFile file : files) {
            if (deleteOnClose || file.isDeleted()) {
                remove(file);
            }
        }
    }

    /** Looked up only when there is something to say, as SLF4J itself prints at its first use where it has no provider. */
    private static Logger log() {
        return LoggerFactory.getLogger(SpillFiles.class);
    }
}
