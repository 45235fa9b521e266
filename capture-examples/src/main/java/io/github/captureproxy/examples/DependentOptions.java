package io.github.captureproxy.examples;

import java.util.Map;

/** Options that have a meaning with another one alone. */
final class DependentOptions {
    private DependentOptions() {}

    /**
     * Refuses the first that is given.
     *
     * @param given whether each is, in the order of the help
     * @param needed the option that is not there
     */
    static void refuse(Map<String, Boolean> given, String needed) {
        given.entrySet().stream().filter(Map.Entry::getValue).findFirst().ifPresent(option -> {
            throw new UsageException(option.getKey() + ": has a meaning with " + needed + " alone: give that too");
        });
    }
}
