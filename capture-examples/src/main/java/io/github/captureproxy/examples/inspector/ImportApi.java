package io.github.captureproxy.examples.inspector;

import io.github.captureproxy.examples.store.HistoryStore;
import io.github.captureproxy.examples.store.RecordedFrom;
import io.github.captureproxy.exchange.Exchange;
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
        int count = 0;
        Optional<String> cut;
        try (ExchangeReader reader = reader(call, name)) {
            if (!reader.hasNext()) {
                throw new RefusedException(
                        400,
                        name + ": there is no exchange in it"
                                + reader.cut().map(why -> "; " + why).orElse(""));
            }
            long session = store.sessions().create(name, "import").id();
            store.sessions().stop(session); // nothing else comes to belong to it
            RecordedFrom from = new RecordedFrom(session, Optional.empty(), Optional.of("import"));
            while (reader.hasNext()) {
                Exchange exchange = reader.next();
                store.record(exchange, from);
                count++;
            }
            cut = reader.cut();
        } catch (IOException | RuntimeException e) {
            if (e instanceof RefusedException) {
                throw e;
            }
            throw new RefusedException(
                    400, name + ": " + (count > 0 ? count + " exchanges were read, then: " : "") + e.getMessage());
        }
        return Reply.json(Map.of("count", count, "cut", cut.orElse("")));
    }

    private static ExchangeReader reader(Call call, String name) throws IOException {
        String lower = name.toLowerCase(Locale.ROOT);
        boolean lines = lower.endsWith(".jsonl") || lower.endsWith(".ndjson");
        return lines ? JsonLines.read(call.body()) : Har.read(call.body());
    }
}
