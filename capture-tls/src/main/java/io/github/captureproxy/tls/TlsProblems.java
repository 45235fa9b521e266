package io.github.captureproxy.tls;

import io.github.captureproxy.InvalidConfigurationException;
import io.github.captureproxy.InvalidConfigurationException.Problem;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/** What is wrong with a configuration, in the order in which it was found. */
final class TlsProblems {
    private static final Duration MIN_LIFETIME = Duration.ofSeconds(1);
    private static final Duration MAX_LIFETIME = Duration.ofDays(366);

    private final List<Problem> found = new ArrayList<>();

    void add(String option, Object value, String fix) {
        found.add(new Problem(option, String.valueOf(value), fix));
    }

    void range(String option, int value, int max) {
        if (value < 1 || value > max) {
            add(option, value, "give a number from 1 to " + max);
        }
    }

    void lifetime(String option, Duration value) {
        if (value.compareTo(MIN_LIFETIME) < 0 || value.compareTo(MAX_LIFETIME) > 0) {
            add(option, value, "give a time from 1 s to 366 days");
        }
    }

    TlsProblems copy() {
        TlsProblems copy = new TlsProblems();
        copy.found.addAll(found);
        return copy;
    }

    void throwIfAny() {
        if (!found.isEmpty()) {
            throw new InvalidConfigurationException(found);
        }
    }
}
