package io.github.captureproxy;

import java.time.Duration;
import java.util.Objects;

/** A time that the builder collects: checked when the proxy starts, not when it is set. */
final class DurationOption {
    /** Timers count in milliseconds. */
    private static final Duration MIN = Duration.ofMillis(1);

    /** As many milliseconds as an int holds, rounded down to days. */
    private static final Duration MAX = Duration.ofDays(24);

    private final String name;
    private final Duration byDefault;
    private final boolean zeroForNone;
    private Duration value;

    private DurationOption(String name, Duration byDefault, boolean zeroForNone) {
        this.name = name;
        this.byDefault = byDefault;
        this.zeroForNone = zeroForNone;
        this.value = byDefault;
    }

    /** A time that there must be. */
    static DurationOption needed(String name, Duration byDefault) {
        return new DurationOption(name, byDefault, false);
    }

    /** A time for which {@link Duration#ZERO} means no limit. */
    static DurationOption orNone(String name, Duration byDefault) {
        return new DurationOption(name, byDefault, true);
    }

    void set(Duration time) {
        value = Objects.requireNonNull(time, name);
    }

    /** The time that was set, or else the default; noted if it is out of bounds. */
    Duration checked(Problems problems) {
        boolean none = value.isZero() && zeroForNone;
        if (!none && (value.compareTo(MIN) < 0 || value.compareTo(MAX) > 0)) {
            problems.add(
                    name,
                    value,
                    "give a time from 1 ms to 24 days" + (zeroForNone ? ", or Duration.ZERO for no limit" : "")
                            + "; without this option it is " + byDefault.toSeconds() + " s");
        }
        return value;
    }
}
