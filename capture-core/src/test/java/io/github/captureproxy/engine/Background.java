package io.github.captureproxy.engine;

/** Runs one side of a conversation beside the test's own thread, so that neither waits for the other. */
final class Background {
    /** A step that may fail. */
    interface Step {
        void run() throws Exception;
    }

    private Background() {}

    /** Runs a step; a failure of it shows on the other side of the wire, and on the console. */
    static Thread run(Step step) {
        Thread thread = new Thread(
                () -> {
                    try {
                        step.run();
                    } catch (Exception e) {
                        throw new AssertionError(e);
                    }
                },
                "one side of a conversation");
        thread.setDaemon(true);
        thread.start();
        return thread;
    }
}
