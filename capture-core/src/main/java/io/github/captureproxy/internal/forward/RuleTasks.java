package io.github.captureproxy.internal.forward;

import io.github.captureproxy.exchange.Outcome.Side;
import io.github.captureproxy.exchange.Outcome.Status;
import io.github.captureproxy.internal.io.Channel;
import io.github.captureproxy.internal.rules.RuleFailure;
import java.time.Duration;
import java.util.concurrent.Callable;
import java.util.concurrent.Future;
import java.util.concurrent.RejectedExecutionException;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * What one exchange waits for because of rules: times, and functions of the program. All ends on the worker's thread,
 * and nothing comes once it is {@linkplain #cancel cancelled}. For one worker thread.
 */
final class RuleTasks {
    /** How long a program's function may take; the exchange waits meanwhile. */
    private static final Duration LIMIT = Duration.ofSeconds(10);

    private final ProxyContext context;
    private final Channel channel;
    private final long id;
    private @Nullable Future<?> running;
    private boolean over;

    /** For the exchange of that id, on whose client's channel all ends. */
    RuleTasks(ProxyContext context, Channel channel, long id) {
        this.context = context;
        this.channel = channel;
        this.id = id;
    }

    /** Runs a task later, once what is going on now is over. */
    void later(long millis, Runnable task) {
        try {
            context.reactor().schedule(() -> channel.execute(() -> ifLive(task)), millis);
        } catch (RejectedExecutionException e) {
            // the proxy is closing, which ends the exchange
        }
    }

    private void ifLive(Runnable task) {
        if (!over) {
            task.run();
        }
    }

    /** Runs what has functions of the program in it, off the worker's thread, and hands on what comes of it. */
    <T> void compute(Callable<T> functions, Consumer<T> then, Consumer<Failure> failed) {
        Call<T> call = new Call<>(then, failed);
        try {
            running = context.rules().run(() -> call.run(functions));
            call.timer = context.reactor()
                    .schedule(() -> channel.execute(() -> ifLive(call::takesTooLong)), LIMIT.toMillis());
        } catch (RejectedExecutionException e) {
            later(
                    0,
                    () -> failed.accept(new Failure(
                            503, Status.LIMIT_REACHED, Side.PROXY, "too many exchanges wait for functions of rules")));
        }
    }

    private final class Call<T> {
        private final Consumer<T> then;
        private final Consumer<Failure> failed;
        private volatile Runnable timer = () -> {};
        private boolean done;

        Call(Consumer<T> then, Consumer<Failure> failed) {
            this.then = then;
            this.failed = failed;
        }

        void run(Callable<T> functions) {
            T made;
            try {
                made = functions.call();
            } catch (Exception | Error e) { // whatever the program's function throws is about this exchange alone
                channel.execute(() -> end(() -> failed.accept(failure(e))));
                return;
            }
            channel.execute(() -> end(() -> then.accept(made)));
        }

        private void end(Runnable task) {
            if (!done) {
                done = true;
                timer.run();
                ifLive(task);
            }
        }

        void takesTooLong() {
            if (!done) {
                interrupt();
                context.rules().failed();
                log().warn("exchange {}: a function of a rule took more than {} s", id, LIMIT.toSeconds());
                end(() -> failed.accept(
                        new Failure(504, Status.TIMED_OUT, Side.PROXY, "a function of a rule took too long")));
            }
        }
    }

    private Failure failure(Throwable cause) {
        context.rules().failed();
        String words = cause instanceof RuleFailure ? String.valueOf(cause.getMessage()) : "a rule failed: " + cause;
        log().warn("exchange {}: {}", id, words, cause instanceof RuleFailure ? cause.getCause() : cause);
        return new Failure(502, Status.INTERNAL_ERROR, Side.PROXY, words);
    }

    /** A function that nobody waits for any more does not hold up others. */
    void cancel() {
        over = true;
        interrupt();
    }

    private void interrupt() {
        Future<?> task = running;
        if (task != null) {
            task.cancel(true);
        }
    }

    /** Looked up only when there is something to say, as SLF4J itself prints at its first use where it has no provider. */
    private static Logger log() {
        return LoggerFactory.getLogger(RuleTasks.class);
    }
}
