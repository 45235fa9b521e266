package io.github.captureproxy.examples;

import java.io.Console;
import java.io.PrintStream;
import org.jspecify.annotations.Nullable;

/** Prints a new link to the page whenever a person presses Enter in the terminal. */
final class NewLinks {
    private NewLinks() {}

    /** Begins to listen, if there is a terminal; a thread of its own waits in it until the process ends. */
    static void onEnter(Page page, PrintStream out) {
        Console console = console();
        if (console == null) {
            return;
        }
        Thread waiting = new Thread(
                () -> {
                    while (console.readLine() != null) {
                        page.announce(out);
                    }
                },
                "capture-proxy-enter");
        waiting.setDaemon(true);
        waiting.start();
    }

    /** None, if either end of the terminal is something else: newer JDKs give one all the same, and it reads nothing. */
    @SuppressWarnings("SystemConsoleNull")
    private static @Nullable Console console() {
        return System.console();
    }
}
