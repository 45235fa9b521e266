package io.github.captureproxy.replay;

import java.util.List;
import java.util.stream.Collectors;

/**
 * How the answer to a replayed request differs from the one that was captured.
 *
 * @param differences the differences: outcome, status, fields, body; at most {@link #MAX_DIFFERENCES}
 * @param notes what could not be compared, and why
 */
public record Comparison(List<Difference> differences, List<String> notes) {
    /** The most differences that are listed. */
    public static final int MAX_DIFFERENCES = 100;

    /** Copies the lists. */
    public Comparison {
        differences = List.copyOf(differences);
        notes = List.copyOf(notes);
    }

    /**
     * Tells if nothing differs, as far as it could be compared.
     *
     * @return true if there is no difference
     */
    public boolean isSame() {
        return differences.isEmpty();
    }

    /**
     * The differences of one part.
     *
     * @param part the part
     * @return an unmodifiable list
     */
    public List<Difference> differences(Difference.Part part) {
        return differences.stream()
                .filter(difference -> difference.part() == part)
                .toList();
    }

    /**
     * The differences and notes, one a line. They hold what was sent, which may be a secret.
     *
     * @return {@code same} if there is nothing to tell
     */
    @Override
    public String toString() {
        String lines = differences.stream().map(each -> "\n  " + each).collect(Collectors.joining());
        String more = notes.stream().map(note -> "\n  (" + note + ")").collect(Collectors.joining());
        return (isSame() ? "same" : differences.size() + (differences.size() == 1 ? " difference:" : " differences:"))
                + lines
                + more;
    }
}
