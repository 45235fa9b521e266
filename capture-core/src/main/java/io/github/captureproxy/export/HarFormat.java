package io.github.captureproxy.export;

import static java.nio.charset.StandardCharsets.US_ASCII;

import io.github.captureproxy.exchange.Exchange;
import java.io.IOException;
import java.io.OutputStream;
import java.util.Collection;
import java.util.Comparator;

/** HAR 1.2. */
final class HarFormat implements ExportFormat {
    private static final byte[] TAIL = "\n]}}\n".getBytes(US_ASCII);

    private final Redaction redaction;

    HarFormat(Redaction redaction) {
        this.redaction = redaction;
    }

    @Override
    public ExportFormat redact(Redaction other) {
        return new HarFormat(other);
    }

    @Override
    public ExchangeWriter open(OutputStream out) throws IOException {
        return new Writer(out, redaction);
    }

    /** What is given as a whole is sorted by start, as viewers expect; what comes bit by bit stays as it comes. */
    @Override
    public void write(Iterable<Exchange> exchanges, OutputStream out) throws IOException {
        Iterable<Exchange> sorted = exchanges instanceof Collection<Exchange> all
                ? all.stream().sorted(Comparator.comparing(Exchange::startedAt)).toList()
                : exchanges;
        ExportFormat.super.write(sorted, out);
    }

    @Override
    public String toString() {
        return "HAR 1.2";
    }

    private static final class Writer implements ExchangeWriter {
        private final OutputStream out;
        private final JsonOut json;
        private final HarEntry entries;
        private final Redaction redaction;
        private boolean closed;

        Writer(OutputStream out, Redaction redaction) throws IOException {
            this.out = out;
            this.json = new JsonOut(out);
            this.entries = new HarEntry(json);
            this.redaction = redaction;
            String version = HarFormat.class.getPackage().getImplementationVersion();
            json.beginObject().beginObject("log").field("version", "1.2").beginObject("creator");
            json.field("name", "Capture Proxy").field("version", version == null ? "unknown" : version);
            json.endObject().beginArray("entries");
        }

        @Override
        public void write(Exchange exchange) throws IOException {
            json.newElement();
            entries.write(redaction.apply(exchange));
        }

        /** In a file, what is there is ended each time, so that it is valid whenever it is read. */
        @Override
        public void flush() throws IOException {
            json.drain();
            if (out instanceof FileOutput file) {
                file.flushWithTail(TAIL);
            } else {
                out.flush();
            }
        }

        @Override
        public void close() throws IOException {
            if (!closed) {
                closed = true;
                try (json) {
                    json.drain();
                    out.write(TAIL);
                }
            }
        }
    }
}
