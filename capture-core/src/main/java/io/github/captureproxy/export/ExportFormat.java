package io.github.captureproxy.export;

import io.github.captureproxy.exchange.Exchange;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Path;

/**
 * A format that exchanges can be written in; {@link Export} has them. Immutable and safe for any thread. Secrets are
 * redacted by {@link Redaction#standard()} unless another policy is chosen.
 */
public interface ExportFormat {
    /**
     * The same format with another policy on secrets.
     *
     * @param redaction what is put in place of secrets; {@link Redaction#none()} to write them as they are
     * @return a format that differs in that alone
     */
    ExportFormat redact(Redaction redaction);

    /**
     * Starts to write.
     *
     * @param out where to; closed by the writer
     * @return a writer
     * @throws IOException if the beginning cannot be written
     */
    ExchangeWriter open(OutputStream out) throws IOException;

    /**
     * Starts to write a file that its owner alone can read. After each {@link ExchangeWriter#flush} it holds all that
     * was written, whatever becomes of this process.
     *
     * @param file where to; it must not be there yet, unless the format says that it appends
     * @return a writer
     * @throws IOException if the file is there already or cannot be written; the message names it
     */
    default ExchangeWriter open(Path file) throws IOException {
        return ExportFiles.open(this, file);
    }

    /**
     * Writes exchanges as they come, and no more than one at a time in memory.
     *
     * @param exchanges the exchanges
     * @param out where to; flushed, and not closed
     * @throws IOException if they cannot be written
     */
    default void write(Iterable<Exchange> exchanges, OutputStream out) throws IOException {
        try (ExchangeWriter writer = open(new KeptOpen(out))) {
            for (Exchange exchange : exchanges) {
                writer.write(exchange);
            }
        }
    }

    /**
     * Writes exchanges to a file that its owner alone can read, in place of one that is there: as a whole, or not at
     * all. It is written beside its place first and then moved there.
     *
     * @param exchanges the exchanges
     * @param file where to, in a folder that is there
     * @throws IOException if it cannot be written; the message names it
     */
    default void write(Iterable<Exchange> exchanges, Path file) throws IOException {
        ExportFiles.write(this, exchanges, file);
    }
}
