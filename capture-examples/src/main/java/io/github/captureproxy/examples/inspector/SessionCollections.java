package io.github.captureproxy.examples.inspector;

import io.github.captureproxy.examples.store.HistoryStore;
import io.github.captureproxy.examples.store.RowQuery;
import io.github.captureproxy.examples.store.SessionRow;
import io.github.captureproxy.exchange.Exchange;
import io.github.captureproxy.export.ExchangeWriter;
import io.github.captureproxy.export.Export;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.LocalDateTime;
import java.time.ZoneId;
import java.time.format.DateTimeFormatter;
import java.util.Iterator;
import java.util.Locale;
import java.util.stream.Stream;

/** Postman collections of sessions, each a file of its own, with secrets replaced: collections get shared. */
final class SessionCollections {
    private static final String SUFFIX = ".postman_collection.json";
    private static final DateTimeFormatter STAMP = DateTimeFormatter.ofPattern("uuuuMMdd-HHmmss", Locale.ROOT);
    private static final int MAX_NAME = 60;

    private final Path folder;
    private final HistoryStore store;

    SessionCollections(Path folder, HistoryStore store) {
        this.folder = folder;
        this.store = store;
    }

    /** The file for a session that starts now. */
    String newFile(String name) {
        String plain = name.replaceAll("[^\\p{L}\\p{N} _-]", "_").strip();
        String cut = plain.length() <= MAX_NAME ? plain : plain.substring(0, MAX_NAME);
        return folder.resolve(cut + "-" + STAMP.format(LocalDateTime.now(ZoneId.systemDefault())) + SUFFIX)
                .toString();
    }

    /** Whether a session's target is a file from here. */
    boolean isFile(String target) {
        return target.endsWith(SUFFIX) && Path.of(target).startsWith(folder);
    }

    /** Whether a session's target is a file from here that isn't there. */
    boolean isMissing(String target) {
        return isFile(target) && !Files.exists(Path.of(target));
    }

    /** Writes what belongs to a session by now; the file is the owner's alone. */
    void write(SessionRow session) {
        store.flush();
        try (Stream<Exchange> exchanges = store.exchanges(RowQuery.ALL.ofSession(session.id()))) {
            Files.createDirectories(folder);
            write(session, exchanges.iterator());
        } catch (IOException e) {
            throw new UncheckedIOException("the collection can't be written to " + session.target(), e);
        }
    }

    private static void write(SessionRow session, Iterator<Exchange> exchanges) throws IOException {
        try (ExchangeWriter writer = Export.postman(session.name()).open(Path.of(session.target()))) {
            while (exchanges.hasNext()) {
                writer.write(exchanges.next());
            }
        }
    }
}
