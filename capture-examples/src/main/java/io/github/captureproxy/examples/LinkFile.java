package io.github.captureproxy.examples;

import io.github.captureproxy.examples.inspector.Inspector;
import java.io.IOException;
import java.net.URI;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Instant;
import java.util.stream.Stream;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** A file that leads a browser to a link, and that its owner alone can read; all users can read a command line. */
final class LinkFile implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(LinkFile.class);
    private static final String PREFIX = "capture-proxy-page-";

    private static final String LEADS_THERE = """
            <!DOCTYPE html>
            <meta charset="utf-8">
            <title>Capture Proxy</title>
            <meta http-equiv="refresh" content="0; url=%s">
            """;

    private final Path folder;
    private final Path file;

    private LinkFile(Path folder, Path file) {
        this.folder = folder;
        this.file = file;
    }

    /** Makes an empty one. Java makes temporary folders and files their owner's alone. */
    static LinkFile create(Machine machine) throws IOException {
        boolean boxed = isBoxed(machine);
        if (boxed) {
            deleteOld(machine.home());
        }
        Path folder = boxed ? Files.createTempDirectory(machine.home(), PREFIX) : Files.createTempDirectory(PREFIX);
        try {
            return new LinkFile(folder, Files.createTempFile(folder, "open-", ".html"));
        } catch (IOException e) {
            Files.delete(folder);
            throw e;
        }
    }

    /** Where nothing else is cleaned up: those of programs that were killed. */
    private static void deleteOld(Path home) {
        FileTime oldest = FileTime.from(Instant.now().minus(Inspector.LINK_LIFETIME));
        try (DirectoryStream<Path> folders = Files.newDirectoryStream(home, PREFIX + "*")) {
            for (Path folder : folders) {
                if (Files.getLastModifiedTime(folder).compareTo(oldest) < 0) {
                    delete(folder);
                }
            }
        } catch (IOException e) { // They are tried again at the next start.
            LOG.debug("old files can't be deleted", e);
        }
    }

    private static void delete(Path folder) throws IOException {
        try (DirectoryStream<Path> files = Files.newDirectoryStream(folder, "open-*.html")) {
            for (Path file : files) {
                Files.delete(file);
            }
        }
        Files.delete(folder);
    }

    /** Browsers from Snap see neither the system's temporary files nor hidden folders. */
    private static boolean isBoxed(Machine machine) {
        Path programs = machine.root().resolve("snap/bin");
        return machine.system() == OperatingSystem.LINUX
                && Stream.of("firefox", "chromium").anyMatch(name -> Files.exists(programs.resolve(name)));
    }

    void leadTo(URI link) throws IOException {
        Files.writeString(file, LEADS_THERE.formatted(link));
    }

    Path path() {
        return file;
    }

    /** Deletes it. A second call does nothing. */
    @Override
    public void close() {
        try {
            Files.deleteIfExists(file);
            Files.deleteIfExists(folder);
        } catch (IOException e) { // what it leads to is good once, and not for long
            LOG.warn("{} can't be deleted", file, e);
        }
    }
}
