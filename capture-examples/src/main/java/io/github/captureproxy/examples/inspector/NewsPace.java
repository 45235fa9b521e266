package io.github.captureproxy.examples.inspector;

/**
 * How often pages are told of rows: at each tick, but where more come than a screen shows at every other one, as nobody
 * can read them, and showing them takes the time of the programs whose calls they are. For one thread.
 */
final class NewsPace {
    /** Rows that come in between two ticks and may still be read. */
    static final int SCREENFUL = 100;

    private long told;
    private boolean held;

    /** Tells at a tick if pages are told of it; the highest id of a row that there is is given. */
    boolean isDue(long latest) {
        held = !held && latest - told > SCREENFUL;
        if (!held) {
            told = latest;
        }
        return !held;
    }
}
