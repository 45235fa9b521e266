package io.github.captureproxy.testkit.hops;

import java.util.concurrent.FutureTask;
import java.util.concurrent.TimeUnit;

/** What goes on beside the test's own thread. */
public final class Threads {
    private static final long PATIENCE_SECONDS = 20;

    private Threads() {}

    /** A step that may fail. */
    public interface Step {
        /** Does it. */
        void run() throws Exception;
    }

    /** A step under way. */
    public interface Running {
        /** Waits for its end, and fails as it did. */
        void join() throws Exception;
    }

    static Thread start(String name, Runnable task) {
        Thread thread = new Thread(task, name);
        thread.setDaemon(true);
        thread.start();
        return thread;
    }

    /** Runs a step, such as sending what the test's thread receives. */
    public static Running beside(Step step) {
        FutureTask<Void> task = new FutureTask<>(() -> {
            step.run();
            return null;
        });
        start("one side of a conversation", task);
        return () -> task.get(PATIENCE_SECONDS, TimeUnit.SECONDS);
    }
}
