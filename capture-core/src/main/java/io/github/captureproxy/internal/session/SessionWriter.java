package io.github.captureproxy.internal.session;

import io.github.captureproxy.exchange.Exchange;
import io.github.captureproxy.export.ExchangeWriter;
import io.github.captureproxy.internal.dispatch.Deadline;
import io.github.captureproxy.internal.dispatch.SpillFiles;
import java.io.IOException;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicLong;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Writes what a session keeps, on a thread of its own that may block; flushes whenever nothing more waits. The first
 * failure ends the writing.
 */
final class SessionWriter {
    private final String session;
    private final ExchangeWriter writer;
    private final Intake intake = new Intake();
    private final Thread thread;
    private final AtomicLong written = new AtomicLong();
    private final AtomicLong unwritten = new AtomicLong();
    private volatile @Nullable IOException problem;
    private volatile boolean finishing;
    private volatile boolean givenUp;
    private boolean dirty;

    SessionWriter(String session, ExchangeWriter writer, String threadName) {
        this.session = session;
        this.writer = writer;
        this.thread = new Thread(this::run, threadName);
        thread.setDaemon(true);
    }

    void start() {
        thread.start();
    }

    /** Queues an exchange. Never blocks. */
    void write(Exchange exchange) {
        if (problem == null && !finishing) {
            intake.offer(exchange);
        } else {
            unwritten.incrementAndGet();
        }
    }

    /** Takes no more; what waits is written, and the end. */
    void finish() {
        finishing = true;
        intake.wake(thread);
    }

    /** Waits for the thread to end, and interrupts it if that takes too long; false if this thread was interrupted. */
    boolean join(Deadline end) {
        // Others may have used the time up, while all that is left here is the file's end.
        Deadline grace = Deadline.in(Threads.GRACE);
        boolean waited = Threads.join(thread, end.left().compareTo(grace.left()) > 0 ? end : grace);
        if (thread.isAlive() && Thread.currentThread() != thread) { // it hangs in the disk
            givenUp = true;
            thread.interrupt();
            waited &= Threads.join(thread, Deadline.in(Threads.GRACE));
        }
        intake.discard();
        return waited;
    }

    long written() {
        return written.get();
    }

    long unwritten() {
        return unwritten.get() + intake.dropped();
    }

    Optional<IOException> problem() {
        return Optional.ofNullable(problem);
    }

    private void run() {
        try {
            while (true) {
                boolean last = finishing; // looked at before the queue, so that what came before it is seen below
                boolean some = drain();
                if (last || problem != null) {
                    break;
                }
                intake.rest(some);
            }
        } finally {
            end();
        }
    }

    private boolean drain() {
        boolean some = false;
        while (problem == null && intake.poll() instanceof Exchange exchange) {
            write(() -> writer.write(exchange), exchange);
            some = true;
        }
        if (dirty && problem == null) {
            dirty = false;
            attempt(writer::flush);
        }
        return some;
    }

    private void write(Step step, Exchange exchange) {
        dirty = true;
        if (attempt(step)) {
            written.incrementAndGet();
        } else {
            unwritten.incrementAndGet();
        }
        SpillFiles.release(exchange);
    }

    /** Closes the writer in any case: it holds a file. */
    private void end() {
        Thread.interrupted(); // the flag would have a channel close itself before what is left is written
        try {
            writer.close();
        } catch (IOException e) {
            failed(e);
        } catch (Throwable e) {
            failed(threw(e));
        }
        intake.discard();
    }

    /** Does a step of writing; false if it failed, which ends the writing. */
    private boolean attempt(Step step) {
        try {
            if (givenUp) {
                throw new IOException("it took too long to write what was left");
            }
            step.run();
            return true;
        } catch (IOException e) {
            failed(e);
        } catch (Throwable e) { // ends the writing, and nothing else; its message may quote a payload
            failed(threw(e));
        }
        return false;
    }

    private static IOException threw(Throwable cause) {
        return new IOException("the writer threw " + cause.getClass().getName(), cause);
    }

    private void failed(IOException cause) {
        if (problem == null) {
            problem = cause;
            log().warn("session {}: nothing more is written, as that failed: {}", session, cause.toString());
        }
    }

    /** Looked up only when there is something to say, as SLF4J itself prints at its first use where it has no provider. */
    private static Logger log() {
        return LoggerFactory.getLogger(SessionWriter.class);
    }

    /** A step of writing. */
    private interface Step {
        void run() throws IOException;
    }
}
