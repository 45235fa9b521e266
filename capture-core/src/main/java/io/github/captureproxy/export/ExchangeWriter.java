package io.github.captureproxy.export;

import io.github.captureproxy.exchange.Exchange;
import java.io.Closeable;
import java.io.IOException;

/**
 * Writes exchanges one after the other, holding no more than one of them in memory. For one thread at a time. After an
 * {@link IOException} nothing more can be written; it still has to be closed.
 */
public interface ExchangeWriter extends Closeable {
    /**
     * Writes an exchange. A body whose file is gone, as History has forgotten it meanwhile, is written as one of which
     * nothing was captured.
     *
     * @param exchange the exchange
     * @throws IOException if it cannot be written
     */
    void write(Exchange exchange) throws IOException;

    /**
     * Hands all that was written to the operating system, so that it outlives the end of this process, however that
     * comes.
     *
     * @throws IOException if it cannot be written
     */
    void flush() throws IOException;

    /**
     * Writes what ends the format, and closes what it is written to. A second call does nothing.
     *
     * @throws IOException if it cannot be written
     */
    @Override
    void close() throws IOException;
}
