package io.github.captureproxy.export;

import io.github.captureproxy.exchange.Exchange;
import java.io.Closeable;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.NoSuchElementException;
import java.util.Optional;
import java.util.Spliterator;
import java.util.Spliterators;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;
import org.jspecify.annotations.Nullable;

/**
 * Reads exchanges one after the other, holding one of them in memory, bodies included. For one thread; to be closed.
 * What is broken ends it with an {@link UncheckedIOException} whose message says where and why. Of a file that was cut
 * off, as by the end of the process that wrote it, all whole exchanges are read: see {@link #cut}.
 */
public final class ExchangeReader implements Iterator<Exchange>, Closeable {
    private final Source source;
    private @Nullable Exchange next;
    private State state = State.UNKNOWN;

    private enum State {
        /** It is to be found out if another one comes. */
        UNKNOWN,
        READY,
        ENDED
    }

    /** Where exchanges come from. */
    interface Source extends Closeable {
        /** The next exchange; null at the end. Fails in words that say where it is. */
        @Nullable
        Exchange read() throws IOException;

        /** What is missing at the end; null if nothing is. */
        @Nullable
        String cut();
    }

    ExchangeReader(Source source) {
        this.source = source;
    }

    /**
     * Tells if another exchange follows.
     *
     * @return false at the end
     * @throws UncheckedIOException if what follows is broken or cannot be read; from then on there is nothing more
     */
    @Override
    public boolean hasNext() {
        if (state == State.UNKNOWN) {
            state = State.ENDED;
            try {
                next = source.read();
            } catch (IOException e) {
                throw new UncheckedIOException(e.getMessage(), e);
            }
            state = next == null ? State.ENDED : State.READY;
        }
        return state == State.READY;
    }

    /**
     * The next exchange.
     *
     * @return the exchange
     * @throws NoSuchElementException at the end
     * @throws UncheckedIOException if it is broken or cannot be read; from then on there is nothing more
     */
    @Override
    public Exchange next() {
        Exchange ready = hasNext() ? next : null;
        if (ready == null) {
            throw new NoSuchElementException("all exchanges have been read");
        }
        next = null;
        state = State.UNKNOWN;
        return ready;
    }

    /**
     * The exchanges that are left, as a stream that closes this.
     *
     * @return a sequential stream, to be closed unless it is read to its end and nothing fails
     */
    public Stream<Exchange> stream() {
        int facts = Spliterator.ORDERED | Spliterator.NONNULL;
        return StreamSupport.stream(Spliterators.spliteratorUnknownSize(this, facts), false)
                .onClose(this::closeUnchecked);
    }

    /**
     * The exchanges that are left, all in memory; closes this.
     *
     * @return the exchanges
     * @throws UncheckedIOException if one is broken or cannot be read
     */
    public List<Exchange> toList() {
        List<Exchange> all = new ArrayList<>();
        try (this) {
            forEachRemaining(all::add);
        } catch (IOException e) {
            throw new UncheckedIOException(e.getMessage(), e);
        }
        return all;
    }

    /**
     * What is missing, once all has been read.
     *
     * @return a sentence that says what was dropped where, if the end had been cut off
     */
    public Optional<String> cut() {
        return Optional.ofNullable(source.cut());
    }

    private void closeUnchecked() {
        try {
            close();
        } catch (IOException e) {
            throw new UncheckedIOException(e.getMessage(), e);
        }
    }

    /**
     * Closes what is read from.
     *
     * @throws IOException if that cannot be closed
     */
    @Override
    public void close() throws IOException {
        state = State.ENDED;
        source.close();
    }
}
