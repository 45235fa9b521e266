package io.github.captureproxy.history;

/** The text of a filter cannot be read. The message says at which character, why, and what would be right. */
public final class FilterSyntaxException extends IllegalArgumentException {
    private static final long serialVersionUID = 1L;

    private final int position;
    private final String problem;

    FilterSyntaxException(int position, String problem) {
        super("filter, character " + (position + 1) + ": " + problem);
        this.position = position;
        this.problem = problem;
    }

    /**
     * Where the text cannot be read.
     *
     * @return the index of a character, from 0; the text's length if something is missing at its end
     */
    public int position() {
        return position;
    }

    /**
     * What is wrong there, and what would be right.
     *
     * @return the message without the place
     */
    public String problem() {
        return problem;
    }
}
