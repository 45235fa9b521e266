package io.github.captureproxy.cookies;

import java.io.BufferedOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.AtomicMoveNotSupportedException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;

/** A file with secrets: readable by its owner alone from its first byte on, and never half written under its name. */
final class OwnerOnlyFile {
    /** Writes what is to be in the file. */
    interface Content {
        void write(OutputStream out) throws IOException;
    }

    private OwnerOnlyFile() {}

    static void write(Path file, Content content) throws IOException {
        Path target = file.toAbsolutePath();
        Path folder = target.getParent();
        if (folder == null) {
            throw new IOException("this is a folder, not a file: " + file);
        }
        // Temporary files are their owner's alone where the file system knows of owners.
        Path written = Files.createTempFile(folder, ".cookies", ".tmp");
        try {
            try (OutputStream out = new BufferedOutputStream(Files.newOutputStream(written))) {
                content.write(out);
            }
            replace(written, target);
        } finally {
            Files.deleteIfExists(written);
        }
    }

    private static void replace(Path written, Path target) throws IOException {
        try {
            Files.move(written, target, StandardCopyOption.ATOMIC_MOVE);
        } catch (AtomicMoveNotSupportedException e) { // such as on some network file systems
            Files.move(written, target, StandardCopyOption.REPLACE_EXISTING);
        }
    }
}
