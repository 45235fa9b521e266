package io.github.captureproxy.exchange;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

import java.util.AbstractList;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.RandomAccess;
import org.jspecify.annotations.Nullable;

/**
 * The header fields of a message in the order, case and number in which they were sent. Immutable and safe for any
 * thread. Built over the received bytes, it splits them into fields when first asked.
 */
public final class HeaderList extends AbstractList<Header> implements RandomAccess {
    private static final Header[] NONE = {};
    private static final HeaderList EMPTY = new HeaderList(NONE);

    private final byte @Nullable [] bytes;
    private final int from;
    private final int to;
    private volatile Header @Nullable [] fields;

    private HeaderList(Header[] fields) {
        this.bytes = null;
        this.from = 0;
        this.to = 0;
        this.fields = fields;
    }

    private HeaderList(byte[] bytes, int from, int to) {
        this.bytes = bytes;
        this.from = from;
        this.to = to;
    }

    /**
     * A list without fields.
     *
     * @return the empty list
     */
    public static HeaderList empty() {
        return EMPTY;
    }

    /**
     * A list of the given fields.
     *
     * @param headers the fields in order; copied
     * @return the list
     */
    public static HeaderList of(List<Header> headers) {
        return headers.isEmpty() ? EMPTY : new HeaderList(headers.toArray(NONE));
    }

    /**
     * A list of the given fields.
     *
     * @param namesAndValues name, value, name, value, and so on
     * @return the list
     * @throws IllegalArgumentException if a value is missing
     */
    public static HeaderList of(String... namesAndValues) {
        if (namesAndValues.length % 2 != 0) {
            throw new IllegalArgumentException(
                    "a value is missing for the name " + namesAndValues[namesAndValues.length - 1]);
        }
        List<Header> headers = new ArrayList<>();
        for (int i = 0; i < namesAndValues.length; i += 2) {
            headers.add(new Header(namesAndValues[i], namesAndValues[i + 1]));
        }
        return of(headers);
    }

    /**
     * A list over well-formed field lines ({@code name: value CRLF}, RFC 9112 section 5). Lines are split on first use;
     * a line without a colon is passed over.
     *
     * @param bytes what holds the lines; not copied, so it must not change any more
     * @param from where the first line starts
     * @param to where the last line ends; a blank line there may be included
     * @return the list
     */
    public static HeaderList ofFieldLines(byte[] bytes, int from, int to) {
        return new HeaderList(bytes, from, to);
    }

    @Override
    public Header get(int index) {
        return fields()[index];
    }

    @Override
    public int size() {
        return fields().length;
    }

    /**
     * The value of the first field of that name.
     *
     * @param name the field name in any case
     * @return its value, if there is such a field
     */
    public Optional<String> first(String name) {
        for (Header header : fields()) {
            if (header.name().equalsIgnoreCase(name)) {
                return Optional.of(header.value());
            }
        }
        return Optional.empty();
    }

    /**
     * The values of all fields of that name, in order.
     *
     * @param name the field name in any case
     * @return the values, each as its field line held it; empty if there is no such field
     */
    public List<String> all(String name) {
        List<String> values = new ArrayList<>(2);
        for (Header header : fields()) {
            if (header.name().equalsIgnoreCase(name)) {
                values.add(header.value());
            }
        }
        return List.copyOf(values);
    }

    /**
     * Tells if there is a field of that name.
     *
     * @param name the field name in any case
     * @return true if there is one
     */
    public boolean has(String name) {
        return first(name).isPresent();
    }

    private Header[] fields() {
        Header[] known = fields;
        if (known == null) {
            known = split(bytes == null ? new byte[0] : bytes);
            fields = known;
        }
        return known;
    }

    private Header[] split(byte[] source) {
        List<Header> headers = new ArrayList<>(16);
        int line = from;
        while (line < to) {
            int end = indexOf(source, (byte) '\n', line, to);
            int colon = indexOf(source, (byte) ':', line, end);
            if (colon < end) {
                headers.add(new Header(text(source, line, colon), text(source, colon + 1, end)));
            }
            line = end + 1;
        }
        return headers.toArray(new Header[headers.size()]);
    }

    private static int indexOf(byte[] source, byte wanted, int start, int limit) {
        int at = start;
        while (at < limit && source[at] != wanted) {
            at++;
        }
        return at;
    }

    private static String text(byte[] source, int start, int end) {
        int first = start;
        int last = end;
        while (first < last && isWhiteSpace(source[first])) {
            first++;
        }
        while (last > first && isWhiteSpace(source[last - 1])) {
            last--;
        }
        return new String(source, first, last - first, ISO_8859_1);
    }

    private static boolean isWhiteSpace(byte b) {
        return b == ' ' || b == '\t' || b == '\r';
    }

    @Override
    public boolean equals(@Nullable Object other) {
        return other instanceof HeaderList that ? Arrays.equals(fields(), that.fields()) : super.equals(other);
    }

    @Override
    public int hashCode() {
        return super.hashCode();
    }
}
