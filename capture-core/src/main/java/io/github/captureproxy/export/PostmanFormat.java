package io.github.captureproxy.export;

import io.github.captureproxy.exchange.Exchange;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;

/**
 * A collection for <a href="https://www.postman.com">Postman</a>, in its format v2.1: a folder for each domain, in it
 * folders for the first three segments of paths, and in these the requests. Requests that differ in query, fields or body
 * alone are one, with up to 20 saved examples; or each stands for itself, see {@link #byTime()}. A variable
 * {@code baseUrl} holds scheme, host and port of the first domain, others have their host in their name.
 *
 * <p>What Postman can't send as it was is said in the request's description: a body that is binary or larger than 1 MiB
 * is left out; a name in double braces is taken for a variable, which only in JSON, forms and URLs can be avoided. Fields that
 * Postman makes itself are there, but disabled. In a saved response, a body that is no text is left out, and one of more
 * than 1 MiB is cut; the example's name says so.
 *
 * <p>A collection can be written only when all is known. Until then the writer keeps its text in memory, up to 32 MiB; the
 * collection's description counts the exchanges that didn't fit. On a file, each {@code flush} writes all of it anew and puts it in its place; on a
 * stream, {@code flush} does nothing.
 */
public final class PostmanFormat implements ExportFormat {
    private final String name;
    private final boolean byTime;
    private final Redaction redaction;

    PostmanFormat(String name, boolean byTime, Redaction redaction) {
        this.name = name;
        this.byTime = byTime;
        this.redaction = redaction;
    }

    @Override
    public PostmanFormat redact(Redaction other) {
        return new PostmanFormat(name, byTime, other);
    }

    /**
     * The same format without folders: all requests in the order in which they are written, each with its own response.
     *
     * @return a format that differs in that alone
     */
    public PostmanFormat byTime() {
        return new PostmanFormat(name, true, redaction);
    }

    @Override
    public ExchangeWriter open(OutputStream out) {
        return new Collector(out);
    }

    @Override
    public ExchangeWriter open(Path file) throws IOException {
        ExportFiles.create(file).close(); // It is ours from now on, and nobody else's to read.
        Collector writer = new Collector(file);
        writer.flush(); // One of no requests, so that it can be opened whenever this process is killed.
        return writer;
    }

    @Override
    public String toString() {
        return "Postman collection";
    }

    private final class Collector implements ExchangeWriter {
        private final PostmanCollection collection = new PostmanCollection(name, byTime);
        private final @Nullable OutputStream out;
        private final @Nullable Path file;
        private boolean closed;

        Collector(OutputStream out) {
            this.out = out;
            this.file = null;
        }

        Collector(Path file) {
            this.out = null;
            this.file = file;
        }

        @Override
        public void write(Exchange exchange) throws IOException {
            collection.add(redaction.apply(exchange));
        }

        @Override
        public void flush() throws IOException {
            if (file != null) {
                ExportFiles.replace(file, collection::write);
            }
        }

        @Override
        public void close() throws IOException {
            if (closed) {
                return;
            }
            closed = true;
            flush();
            if (out != null) {
                try (out) {
                    collection.write(out);
                }
            }
        }
    }
}
