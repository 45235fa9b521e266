package io.github.captureproxy.testkit.hops;

import io.github.captureproxy.exchange.HeaderList;
import java.io.IOException;
import java.util.OptionalLong;

/**
 * One end's view of an exchange: the content that it sends, and the content that it gets. One thread may send while
 * another receives. Every wait ends after ten seconds.
 */
public interface Half {
    /** Sends content, and returns once that is written. */
    void send(byte[] content) throws IOException;

    /** Ends what is sent. */
    void end(HeaderList trailers) throws IOException;

    /** Ends what is sent, without trailers. */
    default void end() throws IOException {
        end(HeaderList.empty());
    }

    /** Cuts the exchange short: a stream by a reset with this code, a connection by a reset of its own. */
    void abort(long code) throws IOException;

    /** Breaks the connection that the exchange is on. */
    void breakConnection() throws IOException;

    /** Receives so many bytes of content; it is a failure if that ends before. */
    byte[] read(int count) throws IOException;

    /** Receives what is left, up to the end, whichever that is. */
    Ending rest() throws IOException;

    /** Waits until the peer cuts the exchange short, whatever it sends before; the code of the reset if one did. */
    OptionalLong awaitAbort() throws IOException;
}
