package io.github.captureproxy.examples;

import io.github.captureproxy.examples.desk.AdbProbe;
import io.github.captureproxy.exchange.Exchange;
import io.github.captureproxy.exchange.Tunnel;
import io.github.captureproxy.export.ExchangeWriter;
import io.github.captureproxy.export.ExportFormat;
import io.github.captureproxy.export.PostmanFormat;
import io.github.captureproxy.spi.ExchangeListener;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Writes what is captured to a file, as it comes: what has ended is in the file even if this process is killed, but for a
 * collection, which can only be written as a whole. A full disk ends the writing, and nothing else.
 */
final class Recording implements ExchangeListener {
    private final ExchangeWriter writer;
    private final Path file;
    private final Listed wanted;
    private final boolean isNew;
    private final boolean isWrittenAtEnd;
    private long written;
    private long unseen;
    private long notOpened;
    private @Nullable IOException problem;

    private Recording(ExchangeWriter writer, Path file, Listed wanted, Facts facts) {
        this.writer = writer;
        this.file = file;
        this.wanted = wanted;
        this.isNew = facts.isNew();
        this.isWrittenAtEnd = facts.isWrittenAtEnd();
    }

    /** What is known of the file before anything is written. */
    private record Facts(boolean isNew, boolean isWrittenAtEnd) {}

    /** Opens the file, if one is wanted; throws {@link UsageException} if it can't be written. */
    static Optional<Recording> start(RecordOptions options, Listed wanted) {
        options.check();
        if (options.file == null) {
            return Optional.empty();
        }
        Path file = options.file;
        ExportFormat format = RecordedFormat.of(options, file);
        try {
            if (options.replace && Files.isRegularFile(file)) {
                Files.delete(file);
            }
            Facts facts = new Facts(Files.notExists(file), format instanceof PostmanFormat);
            return Optional.of(new Recording(format.open(file), file, wanted, facts));
        } catch (IOException e) {
            throw new UsageException(
                    "--record: " + e.getMessage() + (Files.isRegularFile(file) ? ", or give --replace" : ""));
        }
    }

    @Override
    public synchronized void onExchange(Exchange exchange) {
        if (problem != null || AdbProbe.is(exchange) || !wanted.has(exchange)) {
            return;
        }
        try {
            writer.write(exchange);
            if (!isWrittenAtEnd) {
                writer.flush();
            }
            written++;
        } catch (IOException e) { // nothing more is written; the proxy logs it, and the end tells of it
            problem = e;
            throw new UncheckedIOException(e);
        }
    }

    @Override
    public synchronized void onTunnelClosed(Tunnel tunnel) {
        if (Results.isCaptured(tunnel) || !wanted.has(tunnel)) {
            return;
        }
        if (tunnel.reason() == Tunnel.Reason.NOT_OPENED) {
            notOpened++;
        } else {
            unseen++;
        }
    }

    /** Ends the file, and tells what became of it; the proxy is closed. */
    synchronized String end(long dropped) {
        close();
        String kept = written + (written == 1 ? " exchange" : " exchanges") + " recorded in " + file;
        if (problem != null) {
            return kept + ", but the recording ended early: " + problem.getMessage();
        }
        return kept
                + (unseen == 0 ? "" : "; " + PlainText.count(unseen, "tunnel", "tunnels") + " passed unseen")
                + (notOpened == 0
                        ? ""
                        : "; " + PlainText.count(notOpened, "tunnel", "tunnels") + " could not be opened")
                + (dropped == 0 ? "" : "; some are missing, as more came than could be written");
    }

    private void close() {
        try {
            writer.close();
        } catch (IOException e) {
            problem = problem == null ? e : problem;
        }
    }

    /** Takes a file away that was made for nothing, as what was to be recorded didn't start. */
    synchronized void abandon() {
        close();
        if (isNew && written == 0) {
            try {
                Files.deleteIfExists(file);
            } catch (IOException e) {
                problem = e; // an empty recording stays
            }
        }
    }
}
