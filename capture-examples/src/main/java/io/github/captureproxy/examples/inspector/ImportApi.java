package io.github.captureproxy.examples.inspector;

import io.github.captureproxy.examples.store.HistoryStore;
import io.github.captureproxy.examples.store.Importing;
import io.github.captureproxy.examples.store.RecordedFrom;
import io.github.captureproxy.examples.store.StoreException;
import io.github.captureproxy.export.ExchangeReader;
import io.github.captureproxy.export.Har;
import io.github.captureproxy.export.JsonLines;
import java.io.IOException;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/** Reads a HAR, or JSON lines, into a session of its own. */
final class ImportApi {
    private final HistoryStore store;

    ImportApi(HistoryStore store) {
        this.store = store;
    }

    void addTo(Routes routes) {
        routes.on("POST", "/api/import", this::read);
    }

    private Reply read(Call call) throws IOException {
        String name = call.query("name").orElse("import.har");
        try (ExchangeReader reader = reader(call, name)) {
            if (!reader.hasNext()) {
                throw new RefusedException(
                        400,
                        name + ": there is no exchange in it"
                                + reader.cut().map(why -> "; " + why).orElse(""));
            }
            long count = readAll(name, reader);
            return Reply.json(Map.of("count", count, "cut", reader.cut().orElse("")));
        } catch (RefusedException e) {
            throw e;
        } catch (StoreException e) { // it isn't the file, but where it goes
            throw RefusedException.of(name + ": ", e);
        } catch (IOException | RuntimeException e) {
            throw new RefusedException(400, name + ": " + e.getMessage());
        }
    }

    private long readAll(String name, ExchangeReader reader) {
        long session = store.sessions().create(name, "import").id();
        store.sessions().stop(session); // nothing else comes to belong to it
        Importing importing = store.importing(new RecordedFrom(session, Optional.empty(), Optional.of("import")));
        try (importing) { // what was read before something fails is kept
            while (reader.hasNext()) {
                importing.add(reader.next());
            }
        } catch (StoreException e) {
            throw RefusedException.of(begun(name, importing), e);
        } catch (IOException | RuntimeException e) {
            throw new RefusedException(400, begun(name, importing) + e.getMessage());
        }
        return importing.written();
    }

    private static String begun(String name, Importing importing) {
        long count = importing.written();
        return name + ": "
                + (count > 0 ? count + (count == 1 ? " exchange was" : " exchanges were") + " read, then: " : "");
    }

    private static ExchangeReader reader(Call call, String name) throws IOException {
        String lower = name.toLowerCase(Locale.ROOT);
        boolean lines = lower.endsWith(".jsonl") || lower.endsWith(".ndjson");
        return lines ? JsonLines.read(call.body()) : Har.read(call.body());
    }
}
