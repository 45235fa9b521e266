package io.github.captureproxy.examples.store;

import java.io.IOException;

/**
 * What is to become a row. To make the row takes longer than all that the proxy does for an exchange, so that is done for
 * many at once, and not while exchanges pass one by one.
 *
 * @param weight about how much memory it takes up
 * @param making makes the row
 */
record Draft(long weight, Making making) {
    /** Makes a row. */
    @FunctionalInterface
    interface Making {
        Entry make() throws IOException;
    }

    Entry make() throws IOException {
        return making.make();
    }
}
