package io.github.captureproxy.examples;

import java.util.OptionalInt;

/**
 * How lines are laid out.
 *
 * @param width the columns of the terminal that they are shown on; empty where they go to a file or another program
 * @param colour whether colours may be used
 */
record Layout(OptionalInt width, boolean colour) {
    /** Off a terminal: nothing is shortened or coloured. */
    static final Layout PLAIN = new Layout(OptionalInt.empty(), false);

    private static final int WIDE = 120;
    private static final int NARROWEST_URL = 24;

    /** Off a terminal, URLs up to this width leave the columns behind them aligned. */
    private static final int PLAIN_URL = 48;

    /** What the columns besides time, URL and type take, and all gaps. */
    private static final int OTHER_COLUMNS = 2 + 7 + 1 + 1 + 3 + 2 + 2 + 10 + 2 + 8;

    /** A layout for a terminal. */
    static Layout terminal(int width, boolean colour) {
        return new Layout(OptionalInt.of(width), colour);
    }

    boolean isTerminal() {
        return width.isPresent();
    }

    private boolean isNarrow() {
        return isTerminal() && width.getAsInt() < WIDE;
    }

    /** The pattern of the time. */
    String clock() {
        return isNarrow() ? "HH:mm:ss" : "HH:mm:ss.SSS";
    }

    int typeWidth() {
        return isNarrow() ? 10 : 24;
    }

    int urlWidth() {
        return isTerminal()
                ? Math.max(width.getAsInt() - OTHER_COLUMNS - clock().length() - typeWidth(), NARROWEST_URL)
                : PLAIN_URL;
    }

    /** The text in a colour, where there is any. */
    String ink(Ink ink, String text) {
        return colour ? ink.on(text) : text;
    }
}
