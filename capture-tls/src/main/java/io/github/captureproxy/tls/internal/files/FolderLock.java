package io.github.captureproxy.tls.internal.files;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.channels.OverlappingFileLockException;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.concurrent.locks.Lock;
import java.util.concurrent.locks.ReentrantLock;

/**
 * Lets one thread of all processes write in a folder, by a lock on a file that stays there. The system frees it when a
 * process dies.
 */
final class FolderLock implements AutoCloseable {
    static final String FILE_NAME = "ca.lock";

    /** A lock on a file is the process's, so its threads need one of their own; held for file I/O, which is its job. */
    private static final Lock THREADS = new ReentrantLock();

    private final FileChannel channel;
    private final FileLock lock;

    private FolderLock(FileChannel channel, FileLock lock) {
        this.channel = channel;
        this.lock = lock;
    }

    /** Waits for its turn. */
    static FolderLock take(Path folder) throws AuthorityFileException {
        Path file = folder.resolve(FILE_NAME);
        THREADS.lock();
        try {
            return lock(file);
        } catch (IOException | OverlappingFileLockException e) {
            THREADS.unlock();
            throw new AuthorityFileException(
                    file, "can't be locked (" + e + "): use a folder on a local disk that this process may write", e);
        }
    }

    private static FolderLock lock(Path file) throws IOException {
        FileChannel channel = FileChannel.open(file, StandardOpenOption.CREATE, StandardOpenOption.WRITE);
        try {
            return new FolderLock(channel, channel.lock());
        } catch (IOException | OverlappingFileLockException e) {
            channel.close();
            throw e;
        }
    }

    @Override
    public void close() throws IOException {
        try (channel) {
            lock.release();
        } finally {
            THREADS.unlock();
        }
    }
}
