package io.github.captureproxy.internal.dispatch;

import io.github.captureproxy.exchange.BodySource;
import io.github.captureproxy.internal.record.SpillTarget;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import org.jspecify.annotations.Nullable;

/**
 * A body that is written to a file by another thread while it comes in. {@link #offer} and {@link #finish} are for one
 * thread at a time; {@link #delete} and the source are for any.
 */
public final class SpillFile implements SpillTarget {
    /** How long a reader waits for the writer to catch up: 16 MiB are written in this time even by a slow disk. */
    private static final long READ_WAIT_SECONDS = 10;

    private final SpillFiles owner;
    private final Path path;
    private final CountDownLatch settled = new CountDownLatch(1);
    private final AtomicBoolean deleted = new AtomicBoolean();

    /** Who still wants to read it: History from the start, and each session that holds the exchange. */
    private final AtomicInteger holders = new AtomicInteger(1);

    private volatile @Nullable IOException failure;
    private final AtomicLong accepted = new AtomicLong();
    private volatile boolean cut;
    private boolean onDisk;

    SpillFile(SpillFiles owner, Path path) {
        this.owner = owner;
        this.path = path;
    }

    /**
     * Hands over the next bytes of the body. Never blocks. Once it has said no it always will, as bytes would be missing
     * in between.
     *
     * @param chunk what holds the bytes; belongs to this file from now on, if they are taken
     * @param length how many of its bytes are meant, from its first
     * @return false if they are not taken, as the writer is too far behind, the disk's share is used up or writing has
     *     failed: the capture ends before them
     */
    @Override
    public boolean offer(byte[] chunk, int length) {
        if (length == 0) {
            return !cut;
        }
        if (cut || failure != null || deleted.get() || !owner.append(this, chunk, length)) {
            cut = true;
            return false;
        }
        accepted.addAndGet(length);
        return true;
    }

    /**
     * Ends the body. No more bytes are taken. Call it once.
     *
     * @return the bytes taken. Reading waits up to 10 seconds for the writer; it fails if that takes longer, if writing
     *     failed, or if the file was deleted
     */
    @Override
    public BodySource finish() {
        cut = true;
        owner.settle(this);
        return new Source(accepted.get());
    }

    @Override
    public void discard() {
        delete();
    }

    /**
     * Deletes the file, soon; call it when no more is offered. Does no I/O, unless the owner is closed: then it deletes
     * at once.
     */
    public void delete() {
        if (deleted.compareAndSet(false, true)) {
            owner.enqueueDeletion(this);
        }
    }

    /** One more wants to read it; to be called by one who knows of another holder. */
    void retain() {
        holders.incrementAndGet();
    }

    /** One holder lets go of it; the last one deletes it. */
    void release() {
        if (holders.decrementAndGet() == 0) {
            delete();
        }
    }

    Path path() {
        return path;
    }

    /** The bytes taken so far: what it occupies on disk, now or soon. */
    long accepted() {
        return accepted.get();
    }

    /** Puts bytes on the disk. Called by the writer's thread. */
    void write(SpillFolder folder, byte[] chunk, int length) throws IOException {
        if (!onDisk) {
            folder.create(path);
            onDisk = true;
        }
        folder.append(path, chunk, length);
    }

    boolean isDeleted() {
        return deleted.get();
    }

    boolean isBroken() {
        return failure != null;
    }

    /** Nothing more will be written. */
    void settle() {
        settled.countDown();
    }

    /** It could not be written whole, so it will not be read. */
    void fail(IOException cause) {
        failure = cause;
        settled.countDown();
    }

    private InputStream open(long length) throws IOException {
        if (length == 0) {
            return InputStream.nullInputStream();
        }
        awaitSettled();
        IOException broken = failure;
        if (broken != null) {
            throw new IOException("the captured body could not be written to " + path + ": " + broken, broken);
        }
        try {
            return Files.newInputStream(path);
        } catch (NoSuchFileException e) {
            throw new IOException("the captured body is gone: its file " + path + " was deleted", e);
        }
    }

    private void awaitSettled() throws IOException {
        try {
            if (!settled.await(READ_WAIT_SECONDS, TimeUnit.SECONDS)) {
                throw new IOException("the captured body is not yet written whole to " + path + " after "
                        + READ_WAIT_SECONDS + " s: the disk is too slow, or the body was never finished");
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IOException("interrupted while waiting for the captured body to be written to " + path, e);
        }
    }

    /** The file's bytes. */
    final class Source implements BodySource {
        private final long length;

        Source(long length) {
            this.length = length;
        }

        void retain() {
            SpillFile.this.retain();
        }

        void release() {
            SpillFile.this.release();
        }

        @Override
        public long length() {
            return length;
        }

        @Override
        public long memoryBytes() {
            return 0;
        }

        @Override
        public InputStream open() throws IOException {
            return SpillFile.this.open(length);
        }
    }
}
