package io.github.captureproxy.examples.benchmark;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.ClosedSelectorException;
import java.nio.channels.SelectionKey;
import java.nio.channels.Selector;
import java.nio.channels.ServerSocketChannel;
import java.nio.channels.SocketChannel;
import java.util.Optional;

/** Answers on the loopback with prepared bytes, from one thread. */
final class LoopbackOrigin implements AutoCloseable {
    private static final int BACKLOG = 4096;
    private static final int READ_BUFFER = 256 * 1024;

    private final Selector selector = Selector.open();
    private final ServerSocketChannel listener = ServerSocketChannel.open();
    private final Optional<Certificates> certificates;
    private final boolean http2;
    private final ByteBuffer in;
    private final PreparedAnswers answers;
    private volatile int http2AnswerBytes;

    /** Answers in plain, or over TLS if there are certificates. */
    LoopbackOrigin(Optional<Certificates> certificates) throws IOException {
        this(certificates, false);
    }

    private LoopbackOrigin(Optional<Certificates> certificates, boolean http2) throws IOException {
        this.certificates = certificates;
        this.http2 = http2;
        answers = new PreparedAnswers(certificates.isPresent() ? ByteBuffer::allocate : ByteBuffer::allocateDirect);
        in = answers.room(READ_BUFFER);
        listener.bind(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), BACKLOG);
        listener.configureBlocking(false);
        listener.register(selector, SelectionKey.OP_ACCEPT);
        Thread thread = new Thread(this::serve, "origin");
        thread.setDaemon(true);
        thread.start();
    }

    /** Speaks HTTP/2 alone, over TLS. */
    static LoopbackOrigin http2(Certificates certificates) throws IOException {
        return new LoopbackOrigin(Optional.of(certificates), true);
    }

    /** Sets the size of all answers over HTTP/2 from now on; no request is under way. */
    void http2AnswerBytes(int bytes) {
        http2AnswerBytes = bytes;
    }

    int port() {
        return listener.socket().getLocalPort();
    }

    /** The certificates of an origin over TLS. */
    Certificates certificates() {
        return certificates.orElseThrow();
    }

    private void serve() {
        try {
            while (true) {
                selector.select(this::onReady);
            }
        } catch (ClosedSelectorException e) {
            // closed: the benchmark is over
        } catch (IOException e) {
            throw new IllegalStateException(e);
        }
    }

    private void onReady(SelectionKey key) {
        try {
            if (key.isAcceptable()) {
                accept();
            } else {
                OriginEnd end = (OriginEnd) key.attachment();
                if (!end.onReady(in)) {
                    end.close();
                }
            }
        } catch (IOException e) {
            closeQuietly(key);
        }
    }

    private void accept() throws IOException {
        SocketChannel channel = listener.accept();
        if (channel != null) {
            channel.configureBlocking(false);
            SelectionKey key = channel.register(selector, SelectionKey.OP_READ);
            key.attach(
                    http2
                            ? new Http2OriginConnection(link(channel), key, () -> http2AnswerBytes)
                            : new OriginConnection(link(channel), key, answers));
        }
    }

    private Link link(SocketChannel channel) {
        return certificates.isPresent()
                ? new TlsLink(channel, certificates.get().originEngine(http2 ? new String[] {"h2"} : new String[0]))
                : Link.plain(channel);
    }

    /** A client that resets its connection says by that that it is done with it. */
    private static void closeQuietly(SelectionKey key) {
        try {
            if (key.attachment() instanceof OriginEnd end) {
                end.close();
            } else {
                key.channel().close();
            }
        } catch (IOException e) {
            // nothing is left to close
        }
    }

    @Override
    public void close() throws IOException {
        listener.close();
        for (SelectionKey key : selector.keys()) {
            key.channel().close();
        }
        selector.close();
    }
}
