package io.github.captureproxy.examples.inspector;

import io.github.captureproxy.examples.store.HistoryStore;
import io.github.captureproxy.exchange.Exchange;
import io.github.captureproxy.export.Export;
import io.github.captureproxy.export.ExportFormat;
import io.github.captureproxy.export.Redaction;
import io.github.captureproxy.export.Shell;
import java.util.List;
import java.util.stream.Stream;

/** Rows as a file: the ones that are named, or all that a query means. */
final class ExportApi {
    private final HistoryStore store;

    ExportApi(HistoryStore store) {
        this.store = store;
    }

    void addTo(Routes routes) {
        routes.on("GET", "/api/export", this::export);
    }

    /** A kind of file. */
    private record Kind(String suffix, String type, ExportFormat format) {}

    private Reply export(Call call) {
        String name = call.query("name").orElse("capture");
        Kind kind = kind(call.query("format").orElse("har"), name);
        ExportFormat format =
                call.flag("redact") ? kind.format() : kind.format().redact(Redaction.none());
        return Reply.bytes(kind.type(), out -> {
                    try (Stream<Exchange> exchanges = exchanges(call)) {
                        format.write(exchanges::iterator, out);
                    }
                })
                .as(name + kind.suffix());
    }

    private Stream<Exchange> exchanges(Call call) {
        List<Long> ids = call.list("ids").stream().map(ExportApi::id).toList();
        return ids.isEmpty() ? store.exchanges(Queries.of(call)) : store.exchanges(ids);
    }

    private static long id(String text) {
        try {
            return Long.parseLong(text);
        } catch (NumberFormatException e) {
            throw new RefusedException(400, "ids have to be numbers with commas between them");
        }
    }

    private static Kind kind(String format, String name) {
        return switch (format) {
            case "har" -> new Kind(".har", "application/json", Export.har());
            case "postman" -> new Kind(".postman_collection.json", "application/json", Export.postman(name));
            case "jsonl" -> new Kind(".jsonl", "application/x-ndjson", Export.jsonLines());
            case "curl" -> new Kind(".sh", "text/plain; charset=utf-8", Export.curl(Shell.BASH));
            default -> throw new RefusedException(400, "format: give har, postman, jsonl or curl");
        };
    }
}
