package io.github.captureproxy.tls.internal.files;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFilePermissions;

/** Writes files of which a reader sees the old content or the new one, whole, even after a crash. */
public final class AtomicFile {
    static final String TEMPORARY_SUFFIX = ".tmp";

    private AtomicFile() {}

    /**
     * Writes a file that anybody may read, as far as its folder lets them; one that is there is replaced.
     *
     * @param file where to
     * @param content what is to be in it
     * @throws IOException if it can't be written; then what was there is still there
     */
    public static void writeReadable(Path file, byte[] content) throws IOException {
        write(file, content, false);
    }

    static void writeOwnerOnly(Path file, byte[] content) throws IOException {
        write(file, content, true);
    }

    private static void write(Path file, byte[] content, boolean ownerOnly) throws IOException {
        Path absolute = file.toAbsolutePath();
        Path folder = absolute.getParent();
        if (folder == null) {
            throw new IOException(file + " is not a file in a folder");
        }
        Path temporary = OwnerOnly.createTemporary(folder, temporaryPrefix(absolute), TEMPORARY_SUFFIX);
        try {
            writeThrough(temporary, content);
            if (!ownerOnly && OwnerOnly.isPosix(temporary)) {
                Files.setPosixFilePermissions(temporary, PosixFilePermissions.fromString("rw-r--r--"));
            }
            Files.move(temporary, absolute, StandardCopyOption.ATOMIC_MOVE);
        } finally {
            Files.deleteIfExists(temporary);
        }
        settle(folder);
    }

    static String temporaryPrefix(Path file) {
        return "." + file.getFileName() + ".";
    }

    private static void writeThrough(Path file, byte[] content) throws IOException {
        try (FileChannel channel = FileChannel.open(file, StandardOpenOption.WRITE)) {
            ByteBuffer rest = ByteBuffer.wrap(content);
            while (rest.hasRemaining()) {
                channel.write(rest);
            }
            channel.force(true);
        }
    }

    /** The new name is on the disk once its folder is. */
    private static void settle(Path folder) {
        try (FileChannel channel = FileChannel.open(folder, StandardOpenOption.READ)) {
            channel.force(true);
        } catch (IOException e) {
            // Windows opens no folder. What a crash could then cost is the newest file, never half of one.
        }
    }
}
