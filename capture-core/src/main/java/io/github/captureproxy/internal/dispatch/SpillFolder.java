package io.github.captureproxy.internal.dispatch;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.OpenOption;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.FileAttribute;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.atomic.AtomicLong;

/** The folder that spill files lie in, and the ones of them that are open for writing. Used by the writer's thread. */
class SpillFolder {
    /** Open at once: the bodies that come in at the same moment, a small part of the descriptors a process may have. */
    private static final int MOST_OPEN = 64;

    private static final Set<OpenOption> CREATING = Set.of(StandardOpenOption.CREATE_NEW, StandardOpenOption.APPEND);

    private static final FileAttribute<?>[] NO_ATTRIBUTES = {};

    private final Path folder;
    private final String run = UUID.randomUUID().toString();
    private final AtomicLong lastNumber = new AtomicLong();
    private final FileAttribute<?>[] ownerOnly;
    private final Map<Path, FileChannel> open = new LinkedHashMap<>(MOST_OPEN, 0.75f, true);

    /**
     * Takes a folder.
     *
     * @param folder an existing folder
     * @throws IllegalArgumentException if it is none, or cannot be written to
     */
    SpillFolder(Path folder) {
        if (!Files.isDirectory(folder)) {
            throw new IllegalArgumentException("the spill folder " + folder + " is no folder: make it first");
        }
        if (!Files.isWritable(folder)) {
            throw new IllegalArgumentException(
                    "the spill folder " + folder + " cannot be written to: name another or change its permissions");
        }
        this.folder = folder;
        boolean posix = folder.getFileSystem().supportedFileAttributeViews().contains("posix");
        this.ownerOnly = posix
                ? new FileAttribute<?>[] {
                    PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------"))
                }
                : NO_ATTRIBUTES;
    }

    /** A name for a new file, unlike those of all other runs. For any thread; touches no disk. */
    Path newName() {
        return folder.resolve("body-" + run + "-" + lastNumber.incrementAndGet());
    }

    /** Creates a file that only its owner can read; it must not be there yet. */
    void create(Path file) throws IOException {
        remember(file, FileChannel.open(file, CREATING, ownerOnly));
    }

    /** Appends to a file that was created here. */
    void append(Path file, byte[] bytes, int length) throws IOException {
        FileChannel channel = open.get(file);
        if (channel == null) {
            channel = FileChannel.open(file, StandardOpenOption.APPEND);
            remember(file, channel);
        }
        ByteBuffer rest = ByteBuffer.wrap(bytes, 0, length);
        while (rest.hasRemaining()) {
            channel.write(rest);
        }
    }

    /** Closes a file for writing, if it is open. */
    void close(Path file) throws IOException {
        FileChannel channel = open.remove(file);
        if (channel != null) {
            channel.close();
        }
    }

    /** Closes a file and deletes it, if it is there. */
    void delete(Path file) throws IOException {
        try {
            close(file);
        } finally {
            Files.deleteIfExists(file);
        }
    }

    private void remember(Path file, FileChannel channel) throws IOException {
        open.put(file, channel);
        if (open.size() > MOST_OPEN) {
            Iterator<FileChannel> longestUnused = open.values().iterator();
            FileChannel other = longestUnused.next();
            longestUnused.remove();
            other.close();
        }
    }
}
