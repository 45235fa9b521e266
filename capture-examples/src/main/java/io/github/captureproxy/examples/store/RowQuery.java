package io.github.captureproxy.examples.store;

import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;

/**
 * Which rows are meant, and in which order. All parts have to hold; an empty one always does.
 *
 * <p>A tunnel is filtered as the exchange that its CONNECT would be: method {@code CONNECT}, scheme {@code https}, URL
 * {@code https://host:port/}, no response, no fields and no bodies; but {@code size} and {@code request-size} are the
 * bytes that it received and sent. What was told by its exchanges (an intercepted one that ended well) is not listed.
 *
 * @param filter as {@link io.github.captureproxy.history.ExchangeFilter#parse} reads it
 * @param search words, all of which stand in URL, header fields or bodies, in any case; the last one may be the start of
 *     a word, from three letters on, unless a blank follows it. Words in double quotes stand beside each other. There is no
 *     syntax error
 * @param methods one of these
 * @param types one of these: content types with {@code *} for any characters, such as {@code image/*}, or families
 *     ({@link TypeFamily}, in lower case)
 * @param statusClasses the first digit of the status is one of these; 0 is no response
 * @param errorsOnly no success ({@link Row.Ending#ok}), a status from 400 on, or a gRPC call that failed
 * @param hidePassThrough without tunnels of which nothing was seen
 * @param host exactly this one
 * @param sessionId of this session
 * @param pinnedOnly pinned ones
 * @param sort what to sort by
 * @param descending the other way round: the newest, the slowest first
 */
public record RowQuery(
        String filter,
        String search,
        Set<String> methods,
        Set<String> types,
        Set<Integer> statusClasses,
        boolean errorsOnly,
        boolean hidePassThrough,
        Optional<String> host,
        OptionalLong sessionId,
        boolean pinnedOnly,
        Sort sort,
        boolean descending) {
    /** Every row, the oldest first. */
    public static final RowQuery ALL = new RowQuery(
            "",
            "",
            Set.of(),
            Set.of(),
            Set.of(),
            false,
            false,
            Optional.empty(),
            OptionalLong.empty(),
            false,
            Sort.TIME,
            false);

    /** Copies the sets. */
    public RowQuery {
        methods = Set.copyOf(methods);
        types = Set.copyOf(types);
        statusClasses = Set.copyOf(statusClasses);
    }

    /**
     * The same with another filter.
     *
     * @param text the filter
     * @return a copy
     */
    public RowQuery withFilter(String text) {
        return new RowQuery(
                text,
                search,
                methods,
                types,
                statusClasses,
                errorsOnly,
                hidePassThrough,
                host,
                sessionId,
                pinnedOnly,
                sort,
                descending);
    }

    /**
     * The same with another search.
     *
     * @param words the words
     * @return a copy
     */
    public RowQuery withSearch(String words) {
        return new RowQuery(
                filter,
                words,
                methods,
                types,
                statusClasses,
                errorsOnly,
                hidePassThrough,
                host,
                sessionId,
                pinnedOnly,
                sort,
                descending);
    }

    /**
     * The same in another order.
     *
     * @param by what to sort by
     * @param down the other way round
     * @return a copy
     */
    public RowQuery sorted(Sort by, boolean down) {
        return new RowQuery(
                filter,
                search,
                methods,
                types,
                statusClasses,
                errorsOnly,
                hidePassThrough,
                host,
                sessionId,
                pinnedOnly,
                by,
                down);
    }

    /**
     * The same of one session.
     *
     * @param id the session
     * @return a copy
     */
    public RowQuery ofSession(long id) {
        return new RowQuery(
                filter,
                search,
                methods,
                types,
                statusClasses,
                errorsOnly,
                hidePassThrough,
                host,
                OptionalLong.of(id),
                pinnedOnly,
                sort,
                descending);
    }
}
