package io.github.captureproxy.examples.desk;

import com.fasterxml.jackson.core.JacksonException;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.github.captureproxy.history.ExchangeFilter;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * What was set on the page, kept for the next start: those settings alone that were changed there, so that all others
 * follow the command line and the program's defaults. Its owner alone can read it, as a password may stand in it. Safe for
 * any thread.
 */
public final class SettingsFile {
    private static final Logger LOG = LoggerFactory.getLogger(SettingsFile.class);
    private static final ObjectMapper MAPPER = JsonMapper.builder().build();

    private final Path file;
    private final ObjectNode kept;
    private Optional<String> problem;

    private SettingsFile(Path file, ObjectNode kept, Optional<String> problem) {
        this.file = file;
        this.kept = kept;
        this.problem = problem;
    }

    /**
     * Reads what is kept. A file that can't be read counts for an empty one; the next change replaces it.
     *
     * @param file the file, which need not be there yet
     * @return what is kept, and what was wrong with it
     */
    public static SettingsFile open(Path file) {
        try {
            if (MAPPER.readTree(Files.readAllBytes(file)) instanceof ObjectNode object) {
                return new SettingsFile(file, object, Optional.empty());
            }
            return broken(file, "it is no JSON object");
        } catch (NoSuchFileException e) {
            return new SettingsFile(file, MAPPER.createObjectNode(), Optional.empty());
        } catch (JacksonException e) {
            return broken(file, e.getOriginalMessage());
        } catch (IOException e) {
            return broken(file, String.valueOf(e.getMessage()));
        }
    }

    private static SettingsFile broken(Path file, String why) {
        return new SettingsFile(file, MAPPER.createObjectNode(), Optional.of(words(file, why)));
    }

    private static String words(Path file, String why) {
        return "the settings in " + file + " can't be used, and the defaults count: " + why;
    }

    /**
     * What is wrong with the file, for a person.
     *
     * @return the words; empty if all is well
     */
    public synchronized Optional<String> problem() {
        return problem;
    }

    /**
     * The settings to start with.
     *
     * @param base what the command line says, and for the rest the defaults
     * @param given the fields that the command line says, which win
     * @return the base, with what is kept; the base alone if what is kept can't be
     */
    public synchronized DeskSettings over(DeskSettings base, Set<String> given) {
        ObjectNode object = SettingsJson.of(base);
        kept.properties().forEach(entry -> {
            if (object.has(entry.getKey()) && !given.contains(entry.getKey())) {
                object.set(entry.getKey(), entry.getValue());
            }
        });
        try {
            DeskSettings settings = SettingsJson.read(object);
            ExchangeFilter.parse(settings.filter());
            return settings;
        } catch (IllegalArgumentException e) {
            problem = Optional.of(words(file, String.valueOf(e.getMessage())));
            return base;
        }
    }

    /**
     * What is kept can't be started with, and isn't used this time.
     *
     * @param why words for a person
     */
    public synchronized void refused(String why) {
        problem = Optional.of(words(file, why));
    }

    /**
     * Keeps what was changed. That it can't be written is logged and told by {@link #problem}, as the settings count all
     * the same.
     *
     * @param before the settings before
     * @param after the settings after
     */
    public synchronized void keep(DeskSettings before, DeskSettings after) {
        ObjectNode old = SettingsJson.of(before);
        SettingsJson.of(after).properties().forEach(entry -> {
            if (!Objects.equals(old.get(entry.getKey()), entry.getValue())) {
                kept.set(entry.getKey(), entry.getValue());
            }
        });
        try {
            OwnerFile.write(file, MAPPER.writerWithDefaultPrettyPrinter().writeValueAsBytes(kept));
            problem = Optional.empty();
        } catch (IOException e) {
            problem = Optional.of("the settings can't be kept in " + file + ": " + e.getMessage());
            LOG.warn("the settings can't be kept in {}", file, e);
        }
    }
}
