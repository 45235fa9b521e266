package io.github.captureproxy.export;

import io.github.captureproxy.exchange.Exchange;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.channels.FileChannel;
import java.nio.file.AccessDeniedException;
import java.nio.file.AtomicMoveNotSupportedException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.OpenOption;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.AclEntry;
import java.nio.file.attribute.AclEntryPermission;
import java.nio.file.attribute.AclEntryType;
import java.nio.file.attribute.AclFileAttributeView;
import java.nio.file.attribute.FileAttribute;
import java.nio.file.attribute.PosixFilePermission;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;

/** Files for exports: nobody but their owner may use them, from their first moment on. */
final class ExportFiles {
    private static final Set<OpenOption> NEW = Set.of(StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE);

    private static final Set<PosixFilePermission> OWNER_ONLY = PosixFilePermissions.fromString("rw-------");

    private ExportFiles() {}

    /** Writes a file as a whole or not at all. */
    static void write(ExportFormat format, Iterable<Exchange> exchanges, Path file) throws IOException {
        replace(file, out -> format.write(exchanges, out));
    }

    /** What is written to a file. */
    interface Content {
        void write(OutputStream out) throws IOException;
    }

    /** Puts a whole file in the place of one that may be there, or leaves that. */
    static void replace(Path file, Content content) throws IOException {
        try {
            Path temporary = createBeside(file);
            try {
                fill(temporary, content);
                move(temporary, file);
            } finally {
                Files.deleteIfExists(temporary);
            }
        } catch (IOException e) {
            throw failed(file, e);
        }
    }

    private static Path createBeside(Path file) throws IOException {
        Path folder = folder(file);
        Path temporary = Files.createTempFile(folder, "." + file.getFileName() + "-", ".tmp", ownerOnly(folder));
        restrict(temporary);
        return temporary;
    }

    private static Path folder(Path file) {
        Path folder = file.toAbsolutePath().getParent();
        return folder == null ? file.toAbsolutePath() : folder;
    }

    private static void fill(Path temporary, Content content) throws IOException {
        try (FileChannel channel = FileChannel.open(temporary, StandardOpenOption.WRITE)) {
            FileOutput out = new FileOutput(channel);
            content.write(out);
            out.flush();
            channel.force(true); // Before the move: no power cut may leave an empty file in place of a good one.
        }
    }

    private static void move(Path from, Path to) throws IOException {
        try {
            Files.move(from, to, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
        } catch (AtomicMoveNotSupportedException e) {
            Files.move(from, to, StandardCopyOption.REPLACE_EXISTING);
        }
    }

    /** Starts a new file. */
    static ExchangeWriter open(ExportFormat format, Path file) throws IOException {
        FileOutput out = new FileOutput(create(file));
        try {
            ExchangeWriter writer = format.open((OutputStream) out);
            writer.flush(); // So that it can be read if this process is killed before there is anything to write.
            return writer;
        } catch (IOException e) {
            out.close();
            throw failed(file, e);
        }
    }

    /** Creates a file that must not be there yet. */
    static FileChannel create(Path file) throws IOException {
        return open(file, NEW);
    }

    /** Opens a file; one that is there is its owner's alone from now on. */
    static FileChannel open(Path file, Set<OpenOption> options) throws IOException {
        try {
            boolean there = Files.exists(file);
            FileChannel channel = FileChannel.open(file, options, ownerOnly(file));
            if (!there || !isPosix(file)) {
                restrict(file);
            } else if (!OWNER_ONLY.containsAll(Files.getPosixFilePermissions(file))) {
                Files.setPosixFilePermissions(file, OWNER_ONLY);
            }
            return channel;
        } catch (IOException e) {
            throw failed(file, e);
        }
    }

    /** The same failure in words that name the file. */
    static IOException failed(Path file, IOException cause) {
        String what = cause.toString();
        if (cause instanceof FileAlreadyExistsException) {
            what = "it is there already: delete it, or give another name";
        } else if (cause instanceof NoSuchFileException) {
            what = "its folder is not there: make it first";
        } else if (cause instanceof AccessDeniedException) {
            what = "access to it, or to its folder, is denied";
        }
        return new IOException("cannot write " + file + ": " + what, cause);
    }

    private static FileAttribute<?>[] ownerOnly(Path path) {
        return isPosix(path)
                ? new FileAttribute<?>[] {PosixFilePermissions.asFileAttribute(OWNER_ONLY)}
                : new FileAttribute<?>[0];
    }

    private static boolean isPosix(Path path) {
        return path.getFileSystem().supportedFileAttributeViews().contains("posix");
    }

    /** Where there are no POSIX permissions but access control lists, as on Windows. */
    private static void restrict(Path file) throws IOException {
        AclFileAttributeView view = Files.getFileAttributeView(file, AclFileAttributeView.class);
        if (isPosix(file) || view == null) {
            return;
        }
        AclEntry all = AclEntry.newBuilder()
                .setType(AclEntryType.ALLOW)
                .setPrincipal(view.getOwner())
                .setPermissions(EnumSet.allOf(AclEntryPermission.class))
                .build();
        view.setAcl(List.of(all));
    }
}
