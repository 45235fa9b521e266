package io.github.captureproxy.tls.internal.hsts;

import io.github.captureproxy.tls.internal.host.HostName;
import io.github.captureproxy.tls.internal.hsts.LearnedHosts.Known;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.AtomicMoveNotSupportedException;
import java.nio.file.FileSystems;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.FileAttribute;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.DateTimeException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;

/**
 * The file of learned hosts: one a line, as name, {@code 1} if subdomains are included or else {@code 0}, and the second
 * of its expiry, counted from 1970. It tells where a user has been, so that its owner alone can read it.
 */
final class HstsFile {
    private static final String FIRST_LINE = "# HSTS hosts learned by Capture Proxy, format 1";

    /** Ten times what a full store takes. */
    private static final long MAX_BYTES = 32L << 20;

    private static final int FIELDS = 3;

    private final Path file;

    HstsFile(Path file) {
        this.file = file;
    }

    /** All hosts in the file, without addresses (RFC 6797 section 8.1.1); none if there is no file. */
    List<Known> read() throws IOException {
        if (!Files.exists(file)) {
            return List.of();
        }
        if (Files.size(file) > MAX_BYTES) {
            throw broken("it is larger than " + MAX_BYTES + " bytes");
        }
        List<String> lines = new String(Files.readAllBytes(file), StandardCharsets.US_ASCII)
                .lines()
                .toList();
        if (lines.isEmpty() || !lines.get(0).equals(FIRST_LINE)) {
            throw broken("its first line is not \"" + FIRST_LINE + "\"");
        }
        List<Known> hosts = new ArrayList<>();
        for (int i = 1; i < lines.size(); i++) {
            Known host = host(lines.get(i), i + 1);
            if (!isAddress(host.name())) {
                hosts.add(host);
            }
        }
        return hosts;
    }

    private Known host(String line, int number) throws IOException {
        String[] fields = line.split(" ", -1);
        if (fields.length != FIELDS
                || !isAddress(fields[0])
                        && HostName.parse(fields[0]).filter(fields[0]::equals).isEmpty()
                || !fields[1].equals("0") && !fields[1].equals("1")) {
            throw broken("line " + number + " is not \"name 0-or-1 second\"");
        }
        try {
            return new Known(fields[0], fields[1].equals("1"), Instant.ofEpochSecond(Long.parseLong(fields[2])));
        } catch (NumberFormatException | DateTimeException e) {
            throw broken("line " + number + " has no time of expiry");
        }
    }

    private static boolean isAddress(String host) {
        return HostName.isAddress(HostName.normalized(host));
    }

    private IOException broken(String problem) {
        return new IOException("the HSTS file " + file + " is broken: " + problem + "; correct it, or delete it");
    }

    /** Puts the file out of the way, so that its owner can look at it, and returns where it is now. */
    Path setAside() throws IOException {
        return Files.move(
                file, file.resolveSibling(file.getFileName() + ".broken"), StandardCopyOption.REPLACE_EXISTING);
    }

    /** Replaces the file as a whole: after a crash there is the old one or the new one. */
    void write(List<Known> hosts) throws IOException {
        StringBuilder text = new StringBuilder(FIRST_LINE).append('\n');
        for (Known host : hosts) {
            text.append(host.name())
                    .append(host.includeSubDomains() ? " 1 " : " 0 ")
                    .append(host.expires().getEpochSecond())
                    .append('\n');
        }
        Path folder = file.toAbsolutePath().getParent();
        Files.createDirectories(folder);
        Path next = Files.createTempFile(folder, file.getFileName().toString(), ".tmp", ownerOnly());
        try {
            Files.write(next, text.toString().getBytes(StandardCharsets.US_ASCII));
            replace(next);
        } finally {
            Files.deleteIfExists(next);
        }
    }

    private void replace(Path next) throws IOException {
        try {
            Files.move(next, file, StandardCopyOption.ATOMIC_MOVE);
        } catch (AtomicMoveNotSupportedException e) {
            // Then the file system has no better way.
            Files.move(next, file, StandardCopyOption.REPLACE_EXISTING);
        }
    }

    private static FileAttribute<?>[] ownerOnly() {
        boolean posix = FileSystems.getDefault().supportedFileAttributeViews().contains("posix");
        return posix
                ? new FileAttribute<?>[] {
                    PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------"))
                }
                : new FileAttribute<?>[0];
    }

    @Override
    public String toString() {
        return file.toString();
    }
}
