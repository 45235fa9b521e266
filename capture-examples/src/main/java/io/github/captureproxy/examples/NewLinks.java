package io.github.captureproxy.examples;

import java.io.Console;
import java.io.PrintStream;

/** Prints a new link to the page whenever a person presses Enter in the terminal. */
final class NewLinks {
    private NewLinks() {}

    /** Begins to listen, if there is a terminal; a thread of its own waits in it until the process ends. */
    static void onEnter(Page page, PrintStream out) {
        Console console = System.console();
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
}
