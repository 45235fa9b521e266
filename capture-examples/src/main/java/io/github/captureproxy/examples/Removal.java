package io.github.captureproxy.examples;

/**
 * One place that the authority was to be taken out of.
 *
 * @param done true if it was; false if that is left to the person
 * @param text where it was, or what is left to do
 */
record Removal(boolean done, String text) {
    static Removal done(String where) {
        return new Removal(true, where);
    }

    static Removal left(String what) {
        return new Removal(false, what);
    }
}
