package io.github.captureproxy.examples.store;

import java.sql.Connection;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.function.Predicate;

/** A few connections that read, lent to one caller at a time each. Safe for any thread. */
final class Readers implements AutoCloseable {
    /** A page asks for a list, its hosts and a detail at once. */
    private static final int CONNECTIONS = 3;

    private static final int WAIT_SECONDS = 30;

    /** So long after a question somebody is taken to wait for more: a page asks for one thing after the other. */
    private static final long BUSY_NANOS = TimeUnit.MILLISECONDS.toNanos(500);

    private final List<Reader> all = new ArrayList<>();
    private final ArrayBlockingQueue<Reader> free = new ArrayBlockingQueue<>(CONNECTIONS);
    private volatile long askedAt = System.nanoTime() - BUSY_NANOS;

    /** What is asked of the database. */
    interface Question<T> {
        T ask(Connection connection) throws SQLException;
    }

    private record Reader(Connection connection, TermFunction function) {}

    Readers(Database database) throws SQLException {
        for (int i = 0; i < CONNECTIONS; i++) {
            Connection connection = database.openReader();
            all.add(new Reader(connection, TermFunction.register(connection)));
        }
        free.addAll(all);
    }

    <T> T ask(Question<T> question) {
        return ask(List.of(), question);
    }

    /** Asks a question in which {@link TermFunction} is called. */
    <T> T ask(List<Predicate<String>> tests, Question<T> question) {
        Reader reader = take();
        try {
            reader.function.tests(tests);
            return question.ask(reader.connection);
        } catch (SQLException e) {
            throw new StoreException("the history cannot be read: " + e.getMessage(), e);
        } finally {
            askedAt = System.nanoTime();
            free.add(reader);
        }
    }

    /** Tells if questions are asked, or were a moment ago. */
    boolean areBusy() {
        return free.size() < CONNECTIONS || System.nanoTime() - askedAt < BUSY_NANOS;
    }

    private Reader take() {
        try {
            Reader reader = free.poll(WAIT_SECONDS, TimeUnit.SECONDS);
            if (reader == null) {
                throw new StoreException("the history is busy, or closed: try again");
            }
            return reader;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new StoreException("interrupted while waiting for the history", e);
        }
    }

    /** Waits for those that are lent. */
    @Override
    public void close() throws SQLException {
        for (int i = 0; i < all.size(); i++) {
            take().connection.close();
        }
    }
}
