package io.github.captureproxy.internal.io;

import java.io.IOException;
import java.util.concurrent.Future;
import org.apache.hc.core5.concurrent.FutureCallback;
import org.apache.hc.core5.reactor.IOSession;
import org.jspecify.annotations.Nullable;

/** An attempt to connect. For the worker's thread that started it, on which its callbacks come as well. */
public final class Dial implements FutureCallback<IOSession> {
    private final Callback callback;
    private @Nullable Future<IOSession> future;
    private boolean over;

    Dial(Callback callback) {
        this.callback = callback;
    }

    /** Who waits for a connection. */
    public interface Callback {
        /**
         * The connection is there. The callee sets its handler.
         *
         * @param channel the channel
         * @throws IOException if the channel breaks at once
         */
        void connected(Channel channel) throws IOException;

        /**
         * There will be no connection.
         *
         * @param cause why
         */
        void failed(Exception cause);
    }

    void future(Future<IOSession> started) {
        this.future = started;
    }

    /** Gives up. No callback follows; a connection that comes all the same is closed. */
    public void cancel() {
        over = true;
        Future<IOSession> started = future;
        if (started != null) {
            started.cancel(true);
        }
    }

    void opened(Channel channel) throws IOException {
        if (over) {
            channel.reset();
            return;
        }
        over = true;
        callback.connected(channel);
    }

    @Override
    public void completed(IOSession ignored) {
        // the channel tells when it is connected
    }

    @Override
    public void failed(Exception cause) {
        if (!over) {
            over = true;
            callback.failed(cause);
        }
    }

    @Override
    public void cancelled() {
        failed(new IOException("the proxy is closing"));
    }
}
