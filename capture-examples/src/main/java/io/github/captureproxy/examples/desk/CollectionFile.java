package io.github.captureproxy.examples.desk;

import io.github.captureproxy.exchange.Exchange;
import io.github.captureproxy.export.ExchangeWriter;
import io.github.captureproxy.export.Export;
import io.github.captureproxy.spi.ExchangeListener;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A Postman collection that grows with what is recorded, in a file of its own, for as long as one is wanted. It goes on when
 * the proxy starts anew. Safe for any thread.
 */
public final class CollectionFile implements ExchangeListener, AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(CollectionFile.class);

    /** The whole file is written anew each time, so not with each exchange. */
    private static final long FLUSH_MILLIS = 1_000;

    private static final int MAX_NUMBER = 1_000;
    private static final String SUFFIX = ".json";

    private final ScheduledExecutorService flushing = Executors.newSingleThreadScheduledExecutor(task -> {
        Thread thread = new Thread(task, "capture-collection");
        thread.setDaemon(true);
        return thread;
    });
    private @Nullable ExchangeWriter writer;
    private @Nullable Path file;
    private boolean changed;
    private Optional<String> problem = Optional.empty();

    /** Starts without a file. */
    public CollectionFile() {
        var unused = flushing.scheduleWithFixedDelay(this::flush, FLUSH_MILLIS, FLUSH_MILLIS, TimeUnit.MILLISECONDS);
    }

    /**
     * Writes to another file from now on. Where there is one of that name already, a number is added to it.
     *
     * @param wanted the file, or empty for none
     * @throws DeskException if it can't be written; the message says why
     */
    public synchronized void writeTo(Optional<Path> wanted) {
        end();
        if (wanted.isEmpty()) {
            return;
        }
        Path free = free(wanted.get());
        try {
            writer = Export.postman(name(free)).open(free);
            file = free;
            changed = true;
        } catch (IOException e) {
            throw new DeskException("the collection " + free + " can't be written: " + e.getMessage(), e);
        }
    }

    /**
     * The same for a file that was wanted before the program started: that it can't be written is a {@link #problem}.
     *
     * @param wanted the file, or empty for none
     */
    public synchronized void start(Optional<Path> wanted) {
        try {
            writeTo(wanted);
        } catch (DeskException e) {
            problem = Optional.of(String.valueOf(e.getMessage()));
        }
    }

    private static String name(Path file) {
        String name = String.valueOf(file.getFileName());
        return name.replaceFirst("(\\.postman_collection)?\\.json$", "");
    }

    private static Path free(Path wanted) {
        if (!wanted.isAbsolute()
                || wanted.getFileName() == null
                || !wanted.toString().endsWith(SUFFIX)) {
            throw new DeskException(
                    "the collection \"" + wanted + "\": give the full path of a file that ends in .json");
        }
        if (!Files.isDirectory(Objects.requireNonNull(wanted.getParent()))) {
            throw new DeskException("the collection \"" + wanted + "\": there is no such folder");
        }
        String start = wanted.toString().substring(0, wanted.toString().length() - SUFFIX.length());
        Path free = wanted;
        for (int number = 2; Files.exists(free) && number <= MAX_NUMBER; number++) {
            free = Path.of(start + "-" + number + SUFFIX);
        }
        return free;
    }

    /**
     * Where it is written.
     *
     * @return the file; empty if none is wanted
     */
    public synchronized Optional<Path> file() {
        return Optional.ofNullable(file);
    }

    /**
     * Why it is not written any more.
     *
     * @return the words; empty if all is well
     */
    public synchronized Optional<String> problem() {
        return problem;
    }

    @Override
    public synchronized void onExchange(Exchange exchange) {
        if (writer == null) {
            return;
        }
        try {
            writer.write(exchange);
            changed = true;
        } catch (IOException e) {
            failed(e);
        }
    }

    private synchronized void flush() {
        if (writer == null || !changed) {
            return;
        }
        try {
            writer.flush();
            changed = false;
        } catch (IOException e) {
            failed(e);
        }
    }

    private void failed(IOException e) {
        problem = Optional.of("the collection " + file + " can't be written: " + e.getMessage());
        LOG.warn("the collection {} can't be written", file, e);
        changed = false;
    }

    private void end() {
        ExchangeWriter ending = writer;
        writer = null;
        problem = Optional.empty();
        if (ending != null) {
            try {
                ending.close();
            } catch (IOException e) {
                failed(e);
            }
        }
        file = null;
    }

    @Override
    public void close() {
        flushing.shutdownNow();
        synchronized (this) {
            end();
        }
    }
}
