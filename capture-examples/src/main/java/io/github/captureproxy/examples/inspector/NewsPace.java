package io.github.captureproxy.examples.inspector;

/**
 * How often pages are told what traffic changes: at each tick, but where more rows come than a screen shows at every other
 * one, as nobody can read them, and showing them takes the time of the programs whose calls they are. For one thread.
 */
final class NewsPace {
    /** Rows that come in from one tick to the next and may still be read. */
    static final int SCREENFUL = 100;

    private long told;
    private boolean held;

    /** To be called at each tick with the highest id of a row that there is; tells if pages are told of it now. */
    boolean tick(long latest) {
        held = !held && latest - told > SCREENFUL;
        if (!held) {
            told = latest;
        }
        return !held;
    }
}
