package io.github.captureproxy.export;

import io.github.captureproxy.exchange.Exchange;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.channels.FileChannel;
import java.nio.channels.OverlappingFileLockException;
import java.nio.file.OpenOption;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Set;

/** JSON lines: one exchange a line, so that a file can always be added to. */
final class JsonLinesFormat implements ExportFormat {
    private static final Set<OpenOption> APPENDING =
            Set.of(StandardOpenOption.CREATE, StandardOpenOption.READ, StandardOpenOption.WRITE);

    private final Redaction redaction;

    JsonLinesFormat(Redaction redaction) {
        this.redaction = redaction;
    }

    @Override
    public ExportFormat redact(Redaction other) {
        return new JsonLinesFormat(other);
    }

    @Override
    public ExchangeWriter open(OutputStream out) {
        return new Writer(out, redaction);
    }

    @Override
    public ExchangeWriter open(Path file) throws IOException {
        FileChannel channel = ExportFiles.open(file, APPENDING);
        try {
            lock(channel);
            LastLine.mend(channel);
            return open(new FileOutput(channel));
        } catch (IOException e) {
            channel.close();
            throw ExportFiles.failed(file, e);
        }
    }

    /** Two writers would write into each other's lines. The lock ends with the channel, or with the process. */
    private static void lock(FileChannel channel) throws IOException {
        try {
            if (channel.tryLock() == null) {
                throw new IOException("another process writes to it");
            }
        } catch (OverlappingFileLockException e) {
            throw new IOException("another writer of this process writes to it: close that first", e);
        }
    }

    @Override
    public String toString() {
        return "JSON lines";
    }

    private static final class Writer implements ExchangeWriter {
        private final OutputStream out;
        private final JsonOut json;
        private final LineWriter lines;
        private final Redaction redaction;

        Writer(OutputStream out, Redaction redaction) {
            this.out = out;
            this.json = new JsonOut(out);
            this.lines = new LineWriter(json);
            this.redaction = redaction;
        }

        @Override
        public void write(Exchange exchange) throws IOException {
            lines.write(redaction.apply(exchange));
            json.endOfDocument();
        }

        @Override
        public void flush() throws IOException {
            json.drain();
            out.flush();
        }

        @Override
        public void close() throws IOException {
            json.close();
        }
    }
}
