package io.github.captureproxy.examples;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.cert.CertificateEncodingException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Base64;
import java.util.List;

/** What was added to a Linux system's store of authorities, whatever its files are called. */
record SystemStore(Machine machine, Programs programs) {
    /** No certificate is longer. */
    private static final long MAX_BYTES = 1 << 20;

    /** Takes the authority out where this process may, or tells how to. */
    List<Removal> remove(StoredAuthority authority) {
        List<Removal> removals = new ArrayList<>();
        for (LinuxStore store : LinuxStore.values()) {
            Path folder = store.folder(machine);
            if (Files.isDirectory(folder)) {
                for (Path file : holding(folder, authority)) {
                    removals.add(removed(store, file));
                }
            }
        }
        return removals;
    }

    private Removal removed(LinuxStore store, Path file) {
        String command = store.removing(file, machine);
        if (!Files.isWritable(file.toAbsolutePath().getParent())) {
            return Removal.left(command);
        }
        try {
            Files.delete(file);
        } catch (IOException e) {
            return Removal.left(command);
        }
        String after = store.afterRemoving();
        return after.isEmpty() || programs.run(Arrays.asList(after.split(" "))) == 0
                ? Removal.done(file.toString())
                : Removal.left("sudo " + after);
    }

    private static List<Path> holding(Path folder, StoredAuthority authority) {
        List<Path> found = new ArrayList<>();
        try (DirectoryStream<Path> files = Files.newDirectoryStream(folder)) {
            for (Path file : files) {
                if (Files.isRegularFile(file) && Files.size(file) <= MAX_BYTES && holds(file, authority)) {
                    found.add(file);
                }
            }
        } catch (IOException e) {
            return List.of(); // what can't be read can't be removed either
        }
        return found;
    }

    private static boolean holds(Path file, StoredAuthority authority) throws IOException {
        byte[] content = Files.readAllBytes(file);
        try {
            byte[] der = authority.certificate().getEncoded();
            String text = new String(content, StandardCharsets.ISO_8859_1).replaceAll("\\s", "");
            return Arrays.equals(content, der)
                    || text.contains(Base64.getEncoder().encodeToString(der));
        } catch (CertificateEncodingException e) {
            throw new IllegalStateException("what was read can be written", e);
        }
    }
}
