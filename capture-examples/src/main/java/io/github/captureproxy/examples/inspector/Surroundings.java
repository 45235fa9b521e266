package io.github.captureproxy.examples.inspector;

import java.util.Optional;
import java.util.function.Supplier;

/**
 * What the page knows of the machine that it runs on, and can do there.
 *
 * @param machine what a person is told to set
 * @param lan phones and other devices
 * @param browsers browsers that can be started
 * @param keeping why settings are not kept for the next start, if they aren't
 */
public record Surroundings(ThisMachine machine, LanDevices lan, Browsers browsers, Supplier<Optional<String>> keeping) {
    /** Nothing is known, and nothing can be done. */
    public static final Surroundings NONE =
            new Surroundings(ThisMachine.UNKNOWN, LanDevices.NONE, Browsers.NONE, Optional::empty);
}
