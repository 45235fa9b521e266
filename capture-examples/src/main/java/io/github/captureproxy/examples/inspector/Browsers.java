package io.github.captureproxy.examples.inspector;

import java.util.List;

/** Browsers of this machine that can be started for a capture. */
public interface Browsers {
    /** There are none. */
    Browsers NONE = new Browsers() {
        @Override
        public List<String> installed() {
            return List.of();
        }

        @Override
        public void open(String name) {
            throw new RefusedException(404, "there is no browser called " + name);
        }
    };

    /** Their names. */
    List<String> installed();

    /**
     * Starts one with a fresh profile that uses the proxy.
     *
     * @param name its name
     * @throws RefusedException if it can't be started
     */
    void open(String name);
}
