package io.github.captureproxy.examples;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.json.JsonMapper;
import io.github.captureproxy.examples.desk.OwnerFile;
import java.io.IOException;
import java.net.URLEncoder;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * What is set on Android devices, a file for each in the user's configuration folder, so that a later run takes back what
 * one that was killed couldn't.
 */
final class AndroidNotes {
    private static final Logger LOG = LoggerFactory.getLogger(AndroidNotes.class);
    private static final ObjectMapper MAPPER = JsonMapper.builder().build();
    private static final String ENDING = ".json";

    private final Path folder;

    AndroidNotes(Machine machine) {
        this.folder = machine.configurationFolder().resolve("android");
    }

    /** Where what is set on a device is noted. */
    Path file(String serial) {
        return folder.resolve(URLEncoder.encode(serial, UTF_8).replace("*", "%2A") + ENDING);
    }

    /** Notes what is to be set on a device; throws {@link UsageException} if that can't be written. */
    void keep(AndroidNote note) {
        try {
            OwnerFile.write(file(note.serial()), MAPPER.writeValueAsBytes(note.json()));
        } catch (IOException e) {
            throw new UsageException("--android: what is to be taken back from the device can't be noted in "
                    + file(note.serial()) + ": " + e.getMessage());
        }
    }

    /** All is taken back. */
    void forget(AndroidNote note) {
        try {
            Files.deleteIfExists(file(note.serial()));
        } catch (IOException e) { // a later run finds nothing of it on the device
            LOG.warn("{} can't be deleted", file(note.serial()), e);
        }
    }

    /** What was noted of a device; empty if nothing was, or it can't be read. */
    Optional<AndroidNote> find(String serial) {
        return read(file(serial));
    }

    /** All that can be read. */
    List<AndroidNote> all() {
        return files().stream().flatMap(file -> read(file).stream()).toList();
    }

    /** The files that can't be. */
    List<Path> broken() {
        return files().stream().filter(file -> read(file).isEmpty()).toList();
    }

    private List<Path> files() {
        List<Path> found = new ArrayList<>();
        try (DirectoryStream<Path> files = Files.newDirectoryStream(folder, "*" + ENDING)) {
            files.forEach(found::add);
        } catch (NoSuchFileException e) { // nothing was ever noted
            return List.of();
        } catch (IOException e) {
            LOG.warn("{} can't be read", folder, e);
        }
        found.sort(null);
        return found;
    }

    private static Optional<AndroidNote> read(Path file) {
        try {
            return AndroidNote.of(MAPPER.readTree(Files.readAllBytes(file)));
        } catch (IOException e) { // of which --undo tells
            return Optional.empty();
        }
    }
}
