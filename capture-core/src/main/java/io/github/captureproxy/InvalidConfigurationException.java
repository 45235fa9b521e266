package io.github.captureproxy;

import java.util.List;

/** A proxy was not started, because of what it was told. Says everything that is wrong, at once. */
public final class InvalidConfigurationException extends IllegalArgumentException {
    private static final long serialVersionUID = 1;

    private final transient List<String> problems;

    /**
     * Says what is wrong.
     *
     * @param problems one or more sentences, each with the option, its value and what to do
     */
    InvalidConfigurationException(List<String> problems) {
        super(
                problems.size() == 1
                        ? problems.get(0)
                        : problems.size() + " options are wrong:\n  " + String.join("\n  ", problems));
        this.problems = List.copyOf(problems);
    }

    /**
     * What is wrong, one by one.
     *
     * @return one or more sentences, each with the option, its value and what to do; never a password
     */
    public List<String> problems() {
        return problems;
    }
}
