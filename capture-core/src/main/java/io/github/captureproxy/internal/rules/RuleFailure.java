package io.github.captureproxy.internal.rules;

import io.github.captureproxy.rules.TrafficRule;
import java.util.Objects;
import java.util.function.Supplier;

/** A program's own function, or predicate, of a rule has failed. */
public final class RuleFailure extends RuntimeException {
    private static final long serialVersionUID = 1L;

    private RuleFailure(TrafficRule rule, Throwable cause) {
        super(name(rule) + " failed: " + cause.getClass().getSimpleName(), cause);
    }

    /** Runs a function, and says whose it is if that fails; an {@code Error} is no better than an exception here. */
    static <T> T in(TrafficRule rule, Supplier<T> function) {
        try {
            return Objects.requireNonNull(function.get(), "the function returned null");
        } catch (RuntimeException | Error e) {
            throw new RuleFailure(rule, e);
        }
    }

    static String name(TrafficRule rule) {
        return "the rule \"" + rule.name() + "\"";
    }
}
