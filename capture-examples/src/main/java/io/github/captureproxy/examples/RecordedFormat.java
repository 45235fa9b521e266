package io.github.captureproxy.examples;

import io.github.captureproxy.export.Export;
import io.github.captureproxy.export.ExportFormat;
import io.github.captureproxy.export.Redaction;
import java.nio.file.Path;
import java.util.Locale;

/** Which format a file is recorded in. Pure. */
final class RecordedFormat {
    private static final String WORDS = "har, postman or jsonl";

    private RecordedFormat() {}

    /** By what is said, else by the file's name; throws {@link UsageException} where neither tells. */
    static ExportFormat of(RecordOptions options, Path file) {
        ExportFormat format = options.format == null ? byName(file) : byWord(options.format, file);
        return options.withSecrets ? format.redact(Redaction.none()) : format;
    }

    private static ExportFormat byWord(String word, Path file) {
        return switch (word.toLowerCase(Locale.ROOT)) {
            case "har" -> Export.har();
            case "postman", "collection" -> Export.postman(title(file));
            case "jsonl", "ndjson" -> Export.jsonLines();
            default -> throw new UsageException("--format \"" + word + "\": give " + WORDS);
        };
    }

    private static ExportFormat byName(Path file) {
        String name = name(file).toLowerCase(Locale.ROOT);
        if (name.endsWith(".har")) {
            return Export.har();
        }
        if (name.endsWith(".jsonl") || name.endsWith(".ndjson")) {
            return Export.jsonLines();
        }
        if (name.endsWith("collection.json")) {
            return Export.postman(title(file));
        }
        throw new UsageException("--record " + file + ": its name doesn't say what to write: let it end in .har, "
                + ".postman_collection.json or .jsonl, or give --format " + WORDS);
    }

    /** The collection's name: the file's, without what says that it is one. */
    private static String title(Path file) {
        String title = name(file).replaceFirst("(?i)([._-]?postman)?([._-]?collection)?\\.json$", "");
        return title.isBlank() ? "Capture" : title;
    }

    private static String name(Path file) {
        return String.valueOf(file.getFileName());
    }
}
