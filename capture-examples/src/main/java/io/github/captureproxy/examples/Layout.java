package io.github.captureproxy.examples;

import java.util.OptionalInt;

/**
 * How lines are laid out. On a terminal of {@link #NARROWEST} columns or more each fits the terminal's width.
 *
 * @param width the columns of the terminal that they are shown on; empty where they go to a file or another program
 * @param colour whether colours may be used
 */
record Layout(OptionalInt width, boolean colour) {
    /** Off a terminal: nothing is shortened or coloured. */
    static final Layout PLAIN = new Layout(OptionalInt.empty(), false);

    /** The fewest columns of a terminal that a line fits: a URL in any fewer would tell nothing. */
    static final int NARROWEST = 80;

    /** The methods of RFC 9110; on a terminal a longer one is cut. */
    static final int METHOD_WIDTH = 7;

    private static final int WIDE = 120;

    /** Off a terminal, URLs up to this width leave the columns behind them aligned. */
    private static final int PLAIN_URL = 48;

    /** What the columns besides time, URL and type take, and all gaps. */
    private static final int OTHER_COLUMNS = 2 + METHOD_WIDTH + 1 + 1 + 3 + 2 + 2 + 10 + 2 + 8;

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
        return isTerminal() ? columns() - OTHER_COLUMNS - clock().length() - typeWidth() : PLAIN_URL;
    }

    /** On a terminal, notes stand below what they are about, behind the time. */
    int noteIndent() {
        return clock().length() + 2;
    }

    int noteWidth() {
        return columns() - noteIndent();
    }

    private int columns() {
        return Math.max(width.orElse(NARROWEST), NARROWEST);
    }

    /** The text in a colour, where there is any. */
    String ink(Ink ink, String text) {
        return colour ? ink.on(text) : text;
    }
}
