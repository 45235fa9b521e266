package io.github.captureproxy.examples.inspector;

import io.github.captureproxy.examples.store.HistoryStore;
import io.github.captureproxy.examples.store.RowQuery;
import io.github.captureproxy.exchange.Exchange;
import io.github.captureproxy.export.ExchangeWriter;
import io.github.captureproxy.export.Export;
import io.github.captureproxy.export.ExportFormat;
import io.github.captureproxy.export.Redaction;
import io.github.captureproxy.export.Shell;
import io.github.captureproxy.history.FilterSyntax;
import java.io.IOException;
import java.io.OutputStream;
import java.util.Iterator;
import java.util.List;
import java.util.stream.Stream;

/** Rows as a file: the ones that are named, or all that a query means. */
final class ExportApi {
    private final HistoryStore store;

    ExportApi(HistoryStore store) {
        this.store = store;
    }

    void addTo(Routes routes) {
        routes.on("GET", "/api/export", RowsApi.readable(this::export));
    }

    /** A kind of file. */
    private record Kind(String suffix, String type, ExportFormat format) {}

    private Reply export(Call call) {
        String name = call.query("name").orElse("capture");
        Kind kind = kind(call.query("format").orElse("har"), name);
        ExportFormat format =
                call.flag("redact") ? kind.format() : kind.format().redact(Redaction.none());
        List<Long> ids = call.list("ids").stream().map(ExportApi::id).toList();
        RowQuery query = Queries.of(call);
        store.flush(); // what was captured up to now
        FilterSyntax.parse(query.filter()); // says now what is wrong with it
        return Reply.bytes(kind.type(), out -> {
                    try (Stream<Exchange> exchanges = ids.isEmpty() ? store.exchanges(query) : store.exchanges(ids)) {
                        write(format, exchanges, out);
                    }
                })
                .as(name + kind.suffix());
    }

    private static void write(ExportFormat format, Stream<Exchange> exchanges, OutputStream out) throws IOException {
        try (ExchangeWriter writer = format.open(out)) {
            Iterator<Exchange> each = exchanges.iterator();
            while (each.hasNext()) {
                writer.write(each.next());
            }
        }
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
