package io.github.captureproxy.examples.store;

import java.util.Arrays;
import java.util.Locale;
import java.util.stream.Collectors;

/** The columns that recording fills, in the order in which they are bound and read. */
enum Column {
    KIND,
    LISTED,
    TIME,
    SESSION,
    STATUS,
    OK,
    MARKS,
    PORT,
    REQUEST_SIZE,
    RESPONSE_SIZE,
    DURATION,
    METHOD,
    SCHEME,
    HOST,
    TYPE,
    OUTCOME,
    CLIENT,
    LABEL,
    USER,
    REQUEST_TYPE,
    FAMILY,
    PATH,
    QUERY,
    URL,
    CLIENT_PORT,
    PROCESS,
    DETAIL,
    UPGRADED,
    REASON,
    REASON_DETAIL,
    VERSION,
    PROXY_ID,
    BLOCKED,
    DNS,
    CONNECT,
    TLS,
    SEND,
    WAIT,
    RECEIVE;

    /** Their names with commas. */
    static final String NAMES = Arrays.stream(values()).map(Column::toString).collect(Collectors.joining(", "));

    /** A question mark for each. */
    static final String MARKS_FOR_ALL =
            Arrays.stream(values()).map(column -> "?").collect(Collectors.joining(", "));

    @Override
    public String toString() {
        return name().toLowerCase(Locale.ROOT);
    }
}
