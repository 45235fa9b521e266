package io.github.captureproxy.export;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.github.captureproxy.exchange.Exchange;
import java.io.BufferedOutputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.util.List;

/** A format of plain pieces of text, one for an exchange, with something between them. */
abstract class TextFormat implements ExportFormat {
    private final Redaction redaction;

    TextFormat(Redaction redaction) {
        this.redaction = redaction;
    }

    /**
     * The text of one exchange.
     *
     * @param exchange the exchange
     * @return what {@link #write} would write for it alone; bytes that are not UTF-8 become U+FFFD
     * @throws UncheckedIOException if a file that holds a body of it cannot be read
     */
    public String text(Exchange exchange) {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        try {
            write(List.of(exchange), out);
        } catch (IOException e) {
            throw new UncheckedIOException("the exchange cannot be written", e);
        }
        return out.toString(UTF_8);
    }

    @Override
    public ExchangeWriter open(OutputStream out) throws IOException {
        return new Pieces(new BufferedOutputStream(out));
    }

    /** Writes an exchange whose secrets are gone. */
    abstract void piece(Exchange exchange, OutputStream out) throws IOException;

    /** What stands between two exchanges. */
    abstract String between();

    private final class Pieces implements ExchangeWriter {
        private final OutputStream out;
        private boolean begun;

        Pieces(OutputStream out) {
            this.out = out;
        }

        @Override
        public void write(Exchange exchange) throws IOException {
            if (begun) {
                out.write(between().getBytes(UTF_8));
            }
            begun = true;
            piece(redaction.apply(exchange), out);
        }

        @Override
        public void flush() throws IOException {
            out.flush();
        }

        @Override
        public void close() throws IOException {
            out.close();
        }
    }
}
