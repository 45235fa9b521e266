package io.github.captureproxy.internal.io;

import java.io.IOException;
import java.net.StandardSocketOptions;
import java.nio.channels.SocketChannel;
import java.util.concurrent.ThreadFactory;
import java.util.function.IntSupplier;
import org.apache.hc.core5.function.Callback;
import org.apache.hc.core5.io.CloseMode;
import org.apache.hc.core5.reactor.DefaultListeningIOReactor;
import org.apache.hc.core5.reactor.IOEventHandlerFactory;
import org.apache.hc.core5.reactor.IOReactorConfig;
import org.apache.hc.core5.reactor.IOSession;

/**
 * What HttpCore on the class path can do. From 5.4 on, it asks which worker a new connection belongs to. Before, which is
 * what the BOMs of Spring Boot up to 4.0 bring, it takes them in turn: there, only a single worker keeps both halves of
 * an exchange on one thread.
 */
enum ReactorKind {
    SELECTING {
        @Override
        int workers(int wanted) {
            return wanted;
        }

        @Override
        DefaultListeningIOReactor make(Parts parts, IntSupplier worker) {
            return Selecting.make(parts, worker);
        }

        @Override
        void reset(IOSession session) {
            session.close(CloseMode.IMMEDIATE);
        }
    },

    IN_TURN {
        @Override
        int workers(int wanted) {
            return 1;
        }

        @Override
        DefaultListeningIOReactor make(Parts parts, IntSupplier worker) {
            return new DefaultListeningIOReactor(
                    parts.handlers(),
                    parts.config(),
                    parts.workers(),
                    parts.listeners(),
                    null,
                    parts.failed(),
                    null,
                    null);
        }

        /**
         * Up to 5.3.5, an immediate close is reported to no handler, so that whoever waits for the connection's end waits
         * for ever. An orderly one is; of a socket that is closed already, it makes no orderly end.
         */
        @Override
        void reset(IOSession session) {
            if (session.channel() instanceof SocketChannel socket) {
                try {
                    socket.setOption(StandardSocketOptions.SO_LINGER, 0); // so that it ends with a reset
                    socket.close();
                } catch (IOException e) {
                    // it was closed or broke before: there is nothing to reset any more
                }
            }
            session.close(CloseMode.GRACEFUL);
        }
    };

    /**
     * What every reactor is made of.
     *
     * @param handlers make the handler of a connection
     * @param config its options
     * @param workers make its workers' threads
     * @param listeners make the threads that accept
     * @param failed hears of defects
     */
    record Parts(
            IOEventHandlerFactory handlers,
            IOReactorConfig config,
            ThreadFactory workers,
            ThreadFactory listeners,
            Callback<Exception> failed) {}

    /** How many workers there may be. */
    abstract int workers(int wanted);

    /** Makes a reactor whose connections live where a function says, as far as that can be chosen. */
    abstract DefaultListeningIOReactor make(Parts parts, IntSupplier worker);

    /** Closes a connection so that its peer meets a reset, and its handler hears of the end. On any thread. */
    abstract void reset(IOSession session);

    /** What this HttpCore can do. */
    static ReactorKind present() {
        try {
            Class.forName("org.apache.hc.core5.reactor.IOWorkerSelector", false, ReactorKind.class.getClassLoader());
            return SELECTING;
        } catch (ClassNotFoundException e) {
            return IN_TURN; // that it isn't there is the answer
        }
    }

    /** Apart, as an older HttpCore lacks what it names. */
    private static final class Selecting {
        static DefaultListeningIOReactor make(Parts parts, IntSupplier worker) {
            return new DefaultListeningIOReactor(
                    parts.handlers(),
                    parts.config(),
                    parts.workers(),
                    parts.listeners(),
                    null,
                    parts.failed(),
                    null,
                    null,
                    null,
                    stats -> worker.getAsInt());
        }
    }
}
