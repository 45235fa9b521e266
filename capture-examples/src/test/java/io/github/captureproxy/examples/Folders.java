package io.github.captureproxy.examples;

import io.github.captureproxy.tls.AuthorityOptions;
import io.github.captureproxy.tls.CertificateAuthority;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;

/** A machine of which a test owns all folders. */
final class Folders {
    private Folders() {}

    static Machine machine(Path folder) {
        return machine(folder, Map.of());
    }

    static Machine machine(Path folder, Map<String, String> environment) {
        return machine(folder, OperatingSystem.LINUX, environment);
    }

    static Machine machine(Path folder, OperatingSystem system, Map<String, String> environment) {
        return new Machine(system, folder.resolve("home"), folder.resolve("root"), environment);
    }

    /** An authority in a folder, that ends after some time. */
    static StoredAuthority authority(Path folder, Duration lifetime) throws Exception {
        CertificateAuthority.loadOrCreate(
                folder, AuthorityOptions.builder().lifetime(lifetime).build());
        return StoredAuthority.in(folder);
    }

    static StoredAuthority authority(Path folder) throws Exception {
        return authority(folder, AuthorityOptions.STORED_LIFETIME);
    }

    /** A file with something in it, and the folders above it. */
    static Path file(Path file, String content) throws IOException {
        Files.createDirectories(file.toAbsolutePath().getParent());
        return Files.writeString(file, content);
    }
}
