package io.github.captureproxy.export;

import io.github.captureproxy.exchange.Exchange;
import java.io.IOException;
import java.io.OutputStream;

/**
 * A format that exchanges can be written in. Immutable and safe for any thread. Secrets are redacted by
 * {@code Redaction.standard()} unless another policy is chosen.
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
     * Writes exchanges as they come, and no more than one at a time in memory.
     *
     * @param exchanges the exchanges
     * @param out where to; flushed, and not closed
     * @throws IOException if they cannot be written
     */
    void write(Iterable<Exchange> exchanges, OutputStream out) throws IOException;
}
