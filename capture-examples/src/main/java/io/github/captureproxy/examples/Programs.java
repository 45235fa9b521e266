package io.github.captureproxy.examples;

import java.io.IOException;
import java.util.List;
import java.util.concurrent.TimeUnit;

/** Runs other programs; tests have one of their own. */
@FunctionalInterface
interface Programs {
    /** A person may have to answer a dialog of the system meanwhile. */
    int PATIENCE_SECONDS = 120;

    /** The exit code by which shells say that there is no such program. */
    int NOT_FOUND = 127;

    /** Runs one without input and with its output thrown away, and gives its exit code. */
    int run(List<String> command);

    /** Those of this system. */
    static int start(List<String> command) {
        try {
            Process process = new ProcessBuilder(command)
                    .redirectErrorStream(true)
                    .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                    .start();
            process.getOutputStream().close();
            if (process.waitFor(PATIENCE_SECONDS, TimeUnit.SECONDS)) {
                return process.exitValue();
            }
            process.destroyForcibly();
            return -1;
        } catch (IOException e) {
            return NOT_FOUND;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return -1;
        }
    }
}
