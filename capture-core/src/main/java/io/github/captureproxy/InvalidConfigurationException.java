package io.github.captureproxy;

import java.util.List;
import java.util.stream.Collectors;

/** A proxy was not started, or a part of it not made, because of what it was told. Says everything that is wrong, at once. */
public final class InvalidConfigurationException extends IllegalArgumentException {
    private static final long serialVersionUID = 1;

    private final transient List<Problem> problems;

    /**
     * Says what is wrong.
     *
     * @param problems one or more
     */
    public InvalidConfigurationException(List<Problem> problems) {
        super(
                problems.size() == 1
                        ? problems.get(0).toString()
                        : problems.size() + " options are wrong:\n  "
                                + problems.stream().map(Problem::toString).collect(Collectors.joining("\n  ")));
        this.problems = List.copyOf(problems);
    }

    /**
     * What is wrong, one by one.
     *
     * @return one problem or more; never a password in them
     */
    public List<Problem> problems() {
        return problems;
    }

    /**
     * What is wrong with one option: in its parts, for a program that calls its options by other names.
     *
     * @param option the builder's method, such as {@code port}
     * @param value what it was given, without control characters; may be empty
     * @param fix what to do instead
     */
    public record Problem(String option, String value, String fix) {
        /** The problem as a sentence, with the option as a program calls it. */
        @Override
        public String toString() {
            return option + "(" + value + "): " + fix;
        }
    }
}
