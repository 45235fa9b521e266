package io.github.captureproxy.exchange;

import io.github.captureproxy.internal.coding.PriorityField;
import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * What the client said of the priority of its HTTP/2 stream, in the scheme of RFC 9218, in the deprecated one of
 * RFC 7540, or in both.
 *
 * @param field the value of the {@code priority} field (RFC 9218 section 5), or of a PRIORITY_UPDATE frame (section
 *     7.1), as it was sent, if there was one
 * @param dependency the dependency that a HEADERS or PRIORITY frame named (RFC 7540 section 5.3), if one did
 */
public record StreamPriority(Optional<String> field, Optional<Dependency> dependency) {
    /** Checks that both parts are there. */
    public StreamPriority {
        Objects.requireNonNull(field, "field");
        Objects.requireNonNull(dependency, "dependency");
    }

    /**
     * What was said, if anything was.
     *
     * @param field the {@code priority} field's value, several of them joined by commas; null if there was none
     * @param dependency what a frame named; null if none did
     * @return the priority; empty if both are null
     */
    public static Optional<StreamPriority> of(@Nullable String field, @Nullable Dependency dependency) {
        return field == null && dependency == null
                ? Optional.empty()
                : Optional.of(new StreamPriority(Optional.ofNullable(field), Optional.ofNullable(dependency)));
    }

    /**
     * The urgency (RFC 9218 section 4.1).
     *
     * @return 0, the most urgent, to 7; 3, the default, if the field does not say, or cannot be read
     */
    public int urgency() {
        return PriorityField.parse(field.orElse("")).urgency();
    }

    /**
     * Tells if the response is of use while it is incomplete (RFC 9218 section 4.2).
     *
     * @return true if the field says so; false is the default
     */
    public boolean isIncremental() {
        return PriorityField.parse(field.orElse("")).incremental();
    }

    /** Both in short, such as {@code u=1, i} or {@code weight 16 on stream 3}. */
    @Override
    public String toString() {
        return field.orElse("")
                + (field.isPresent() && dependency.isPresent() ? "; " : "")
                + dependency.map(Dependency::toString).orElse("");
    }

    /**
     * A stream's place in the tree of RFC 7540 section 5.3, which RFC 9113 deprecates.
     *
     * @param exclusive true if the stream was to become the only one below
     * @param streamId the stream that it was to depend on; 0 for none
     * @param weight its share among those that depend on the same, 1 to 256
     */
    public record Dependency(boolean exclusive, int streamId, int weight) {
        @Override
        public String toString() {
            return "weight " + weight + (exclusive ? ", alone" : "") + " on stream " + streamId;
        }
    }
}
