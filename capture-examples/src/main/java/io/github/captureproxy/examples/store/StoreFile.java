package io.github.captureproxy.examples.store;

import static java.nio.charset.StandardCharsets.US_ASCII;

import java.io.IOException;
import java.io.InputStream;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.channels.OverlappingFileLockException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.FileAttribute;
import java.nio.file.attribute.PosixFilePermission;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Arrays;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * The file of a store: its owner's alone, as it holds what was sent, passwords included, and one process's at a time. The
 * lock is on a file beside it, as the database locks parts of its own; it ends with the process, however that ends.
 */
final class StoreFile implements AutoCloseable {
    private static final Set<PosixFilePermission> OWNER = PosixFilePermissions.fromString("rw-------");
    private static final byte[] MAGIC = "SQLite format 3\0".getBytes(US_ASCII);

    private final Path path;
    private final FileChannel channel;

    private StoreFile(Path path, FileChannel channel) {
        this.path = path;
        this.channel = channel;
    }

    /** Makes the file unless it is there, and locks it. */
    static StoreFile open(Path path) {
        if (Files.isDirectory(path)) {
            throw new StoreException("the history " + path + " is a folder: name a file in it");
        }
        FileChannel channel = null;
        try {
            createFolder(path.toAbsolutePath().getParent());
            channel = lock(path);
            createFile(path);
            checkStart(path);
            return new StoreFile(path, channel);
        } catch (IOException e) {
            close(channel, e);
            throw new StoreException(
                    "the history " + path + " cannot be opened: " + e + "; name another file, or make this one yours",
                    e);
        } catch (StoreException e) {
            close(channel, e);
            throw e;
        }
    }

    private static FileChannel lock(Path path) throws IOException {
        Path beside = path.resolveSibling(path.getFileName() + ".lock");
        createFile(beside);
        FileChannel channel = FileChannel.open(beside, StandardOpenOption.WRITE);
        try {
            FileLock lock = channel.tryLock();
            if (lock != null) {
                return channel;
            }
        } catch (OverlappingFileLockException e) {
            channel.close();
            throw new StoreException(
                    "the history " + path + " is open in this program already: close it there first", e);
        }
        channel.close();
        throw new StoreException(
                "the history " + path + " is in use by another process: end that, or name another file");
    }

    private static void createFolder(@Nullable Path folder) throws IOException {
        if (folder != null && !Files.isDirectory(folder)) {
            Files.createDirectories(folder, attributes(folder, PosixFilePermissions.fromString("rwx------")));
        }
    }

    private static void createFile(Path file) throws IOException {
        try {
            Files.createFile(file, attributes(file, OWNER));
        } catch (FileAlreadyExistsException e) {
            if (isPosix(file) && Files.isRegularFile(file)) {
                Files.setPosixFilePermissions(file, OWNER);
            }
        }
    }

    private static FileAttribute<?>[] attributes(Path path, Set<PosixFilePermission> permissions) {
        return isPosix(path)
                ? new FileAttribute<?>[] {PosixFilePermissions.asFileAttribute(permissions)}
                : new FileAttribute<?>[0]; // Elsewhere a home folder's own rules hold.
    }

    private static boolean isPosix(Path path) {
        return path.getFileSystem().supportedFileAttributeViews().contains("posix");
    }

    private static void checkStart(Path path) throws IOException {
        try (InputStream in = Files.newInputStream(path)) {
            byte[] start = in.readNBytes(MAGIC.length);
            if (start.length > 0 && !Arrays.equals(start, MAGIC)) {
                throw new StoreException("the file " + path + " is no history: name another file, or move it away");
            }
        }
    }

    private static void close(@Nullable FileChannel channel, Exception cause) {
        try {
            if (channel != null) {
                channel.close();
            }
        } catch (IOException e) {
            cause.addSuppressed(e);
        }
    }

    Path path() {
        return path;
    }

    /** The size of the database and its log. */
    long size() {
        return size(path) + size(path.resolveSibling(path.getFileName() + "-wal"));
    }

    private static long size(Path file) {
        try {
            return Files.size(file);
        } catch (IOException e) { // There is no log at the moment.
            return 0;
        }
    }

    @Override
    public void close() throws IOException {
        channel.close();
    }
}
