package io.github.captureproxy;

import org.jspecify.annotations.Nullable;

/** A number that the builder collects: checked when the proxy starts, not when it is set. */
final class NumberOption {
    private final String name;
    private final String unit;
    private final long min;
    private final long max;
    private final long byDefault;
    private @Nullable Long value;

    private NumberOption(String name, String unit, long min, long max, long byDefault) {
        this.name = name;
        this.unit = unit;
        this.min = min;
        this.max = max;
        this.byDefault = byDefault;
    }

    /** An option with its name in the builder and the unit it counts in. */
    static Named named(String name, String unit) {
        return (min, max, byDefault) -> new NumberOption(name, unit, min, max, byDefault);
    }

    void set(long number) {
        value = number;
    }

    boolean isSet() {
        return value != null;
    }

    String name() {
        return name;
    }

    /** The number that was set, or else the default. */
    long get() {
        return value == null ? byDefault : value;
    }

    /** Notes a number out of bounds. */
    void check(Problems problems) {
        if (get() < min || get() > max) {
            problems.add(
                    name,
                    get(),
                    "give a number of " + unit + " from " + min + " to " + max + "; without this option it is "
                            + byDefault);
        }
    }

    /** The number that was set, or else the default; noted if it is out of bounds. */
    int checkedInt(Problems problems) {
        check(problems);
        return (int) get();
    }

    /** The number that was set, or else the default; noted if it is out of bounds. */
    long checkedLong(Problems problems) {
        check(problems);
        return get();
    }

    /** Takes the bounds of an option. */
    @FunctionalInterface
    interface Named {
        NumberOption within(long min, long max, long byDefault);
    }
}
