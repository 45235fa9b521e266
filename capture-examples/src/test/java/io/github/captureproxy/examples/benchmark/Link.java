package io.github.captureproxy.examples.benchmark;

import java.io.Closeable;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.SocketChannel;

/** One end of a connection, plain or in TLS; blocking or not, as its channel is. */
interface Link extends Closeable {
    /** The socket. */
    SocketChannel channel();

    /** Reads what is there, which may be nothing; -1 at the end of the stream. */
    int read(ByteBuffer target) throws IOException;

    /** Writes as far as the socket takes bytes; with nothing given, what it has not taken before. */
    void write(ByteBuffer source) throws IOException;

    /** True if the socket has taken all that was taken from a buffer. */
    boolean isFlushed();

    /** Says that this end is done, and closes. */
    @Override
    void close() throws IOException;

    /** A connection without TLS. */
    static Link plain(SocketChannel channel) {
        return new Link() {
            @Override
            public SocketChannel channel() {
                return channel;
            }

            @Override
            public int read(ByteBuffer target) throws IOException {
                return channel.read(target);
            }

            @Override
            public void write(ByteBuffer source) throws IOException {
                channel.write(source);
            }

            @Override
            public boolean isFlushed() {
                return true;
            }

            @Override
            public void close() throws IOException {
                channel.close();
            }
        };
    }
}
