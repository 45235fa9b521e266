package io.github.captureproxy.examples.store;

/** What rows can be sorted by. Rows that are equal in it stand in the order in which they were recorded. */
public enum Sort {
    /** When the request came in. */
    TIME("time"),
    /** The method. */
    METHOD("method"),
    /** The host. */
    HOST("host"),
    /** The path, with its query. */
    PATH("path"),
    /** The response's status; none comes before all others. */
    STATUS("status"),
    /** The response's content type. */
    TYPE("type"),
    /** The size of the response's body; of a tunnel, what it received. */
    SIZE("response_size"),
    /** How long it took. */
    DURATION("duration"),
    /** How it ended. */
    OUTCOME("outcome");

    private final String column;

    Sort(String column) {
        this.column = column;
    }

    String column() {
        return column;
    }
}
