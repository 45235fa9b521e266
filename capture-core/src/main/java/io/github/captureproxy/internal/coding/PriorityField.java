package io.github.captureproxy.internal.coding;

/**
 * Reads the {@code priority} field (RFC 9218 section 5), a Dictionary of Structured Fields (RFC 8941 section 3.2). Of a
 * member that comes twice the last counts; an urgency out of range, a member of another type and all other members are
 * passed over, and so is a value that is no Dictionary.
 */
public final class PriorityField {
    /** More than any sender writes; a longer value is read as one that says nothing. */
    static final int MAX_LENGTH = 1_024;

    /** The urgency of a request that names none (RFC 9218 section 4.1). */
    static final int DEFAULT_URGENCY = 3;

    private static final int MAX_URGENCY = 7;
    private static final Priority DEFAULT = new Priority(DEFAULT_URGENCY, false);

    private PriorityField() {}

    /**
     * Reads a value.
     *
     * @param value the field's value; several of them joined by commas
     * @return what it says, with the defaults for what it does not
     */
    public static Priority parse(String value) {
        if (value.isBlank() || value.length() > MAX_LENGTH) {
            return DEFAULT;
        }
        int urgency = DEFAULT_URGENCY;
        boolean incremental = false;
        StructuredItems items = new StructuredItems(value);
        do {
            String key = items.key();
            String item = items.value();
            if (key.equals("u")) {
                urgency = urgency(item);
            } else if (key.equals("i")) {
                incremental = item.equals("?1");
            }
        } while (items.nextMember());
        return items.isBroken() ? DEFAULT : new Priority(urgency, incremental);
    }

    private static int urgency(String item) {
        boolean known = item.length() == 1 && item.charAt(0) >= '0' && item.charAt(0) <= '0' + MAX_URGENCY;
        return known ? item.charAt(0) - '0' : DEFAULT_URGENCY;
    }

    /**
     * What a field says.
     *
     * @param urgency 0 to 7
     * @param incremental true if the response can be used while it is incomplete
     */
    public record Priority(int urgency, boolean incremental) {}
}
