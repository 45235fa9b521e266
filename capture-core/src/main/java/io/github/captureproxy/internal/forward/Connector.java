package io.github.captureproxy.internal.forward;

import io.github.captureproxy.internal.io.Channel;
import java.io.IOException;

/**
 * Makes a connection whose bytes reach the origin itself: straight, or by CONNECT through an upstream proxy (RFC 9110
 * section 9.3.6). For the home channel's thread.
 */
public final class Connector {
    private final ProxyContext context;
    private final Destination destination;
    private final Callback callback;
    private Runnable cancelDial = () -> {};
    private boolean over;

    /** Who waits for a connection. All calls come on the home channel's thread, and one of the last two ends them. */
    public interface Callback {
        /** The next hop's addresses are known. */
        default void resolved() {
            // most do not note it
        }

        /**
         * The connection is there.
         *
         * @param channel the connection; its handler is to be set
         * @param early what the origin has sent already
         * @throws IOException if it breaks at once
         */
        void connected(Channel channel, byte[] early) throws IOException;

        /**
         * There will be no connection.
         *
         * @param failure why
         */
        void failed(Failure failure);
    }

    private Connector(ProxyContext context, Destination destination, Callback callback) {
        this.context = context;
        this.destination = destination;
        this.callback = callback;
    }

    /**
     * Connects.
     *
     * @param context what all connections share
     * @param home the client's channel, on whose thread the connection will live
     * @param destination where to
     * @param callback told how it goes
     * @return gives up when run; no callback follows then
     */
    public static Runnable connect(ProxyContext context, Channel home, Destination destination, Callback callback) {
        Connector connector = new Connector(context, destination, callback);
        connector.start(home);
        return connector::cancel;
    }

    private void start(Channel home) {
        cancelDial = context.dialer().dial(home, destination.next(), new Dialer.Callback() {
            @Override
            public void resolved() {
                callback.resolved();
            }

            @Override
            public void connected(Channel channel) throws IOException {
                context.counters().originConnections.increment();
                Connector.this.connected(channel);
            }

            @Override
            public void failed(Failure failure) {
                Connector.this.failed(failure);
            }
        });
    }

    private void connected(Channel channel) throws IOException {
        if (destination.upstream().isEmpty()) {
            done(channel, new byte[0]);
            return;
        }
        cancelDial = () -> {
            context.dialer().closed(channel);
            channel.reset();
        };
        UpstreamConnect handshake = new UpstreamConnect(context, channel, destination, new UpstreamConnect.Callback() {
            @Override
            public void established(byte[] early) throws IOException {
                done(channel, early);
            }

            @Override
            public void failed(Failure failure) {
                context.dialer().closed(channel);
                Connector.this.failed(failure);
            }
        });
        channel.handler(handshake);
        handshake.send();
    }

    private void done(Channel channel, byte[] early) throws IOException {
        cancelDial = () -> {};
        if (!over) {
            over = true;
            callback.connected(channel, early);
        }
    }

    private void failed(Failure failure) {
        if (!over) {
            over = true;
            callback.failed(failure);
        }
    }

    private void cancel() {
        over = true;
        cancelDial.run();
    }
}
