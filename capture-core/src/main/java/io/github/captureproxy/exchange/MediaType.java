package io.github.captureproxy.exchange;

import io.github.captureproxy.internal.coding.Parameters;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;

/**
 * A media type (RFC 9110 section 8.3.1).
 *
 * @param type the type in lower case, such as {@code text}
 * @param subtype the subtype in lower case, such as {@code html}
 * @param parameters the parameters in the order in which they were sent, their names in lower case, values unquoted; of
 *     several with one name the first
 */
public record MediaType(String type, String subtype, Map<String, String> parameters) {
    /** Values that were read before: a program's traffic has a few, over and over. Bounded by their number and length. */
    private static final Map<String, MediaType> KNOWN = new ConcurrentHashMap<>();

    private static final int MAX_KNOWN = 256;
    private static final int MAX_KNOWN_LENGTH = 100;

    /** Copies the parameters. */
    public MediaType {
        type = type.toLowerCase(Locale.ROOT);
        subtype = subtype.toLowerCase(Locale.ROOT);
        Map<String, String> copy = new LinkedHashMap<>();
        parameters.forEach((name, value) -> copy.put(name.toLowerCase(Locale.ROOT), value));
        parameters = Collections.unmodifiableMap(copy);
    }

    /**
     * Reads a media type as senders write it: white space around any part, empty and broken parameters, and a missing
     * closing quote are put up with.
     *
     * @param value the value of a {@code Content-Type} field
     * @return the media type, if the value starts with a type and a subtype
     */
    public static Optional<MediaType> parse(String value) {
        MediaType known = KNOWN.get(value);
        if (known != null) {
            return Optional.of(known);
        }
        Optional<MediaType> read = read(value);
        if (read.isPresent() && read.get().isCommon(value)) {
            if (KNOWN.size() >= MAX_KNOWN) {
                KNOWN.clear();
            }
            KNOWN.put(value, read.get());
        }
        return read;
    }

    private static Optional<MediaType> read(String value) {
        int semicolon = value.indexOf(';');
        String essence = (semicolon < 0 ? value : value.substring(0, semicolon)).strip();
        int slash = essence.indexOf('/');
        if (slash < 1 || slash == essence.length() - 1 || hasSpaceOrComma(essence)) {
            return Optional.empty();
        }
        Map<String, String> parameters = semicolon < 0 ? Map.of() : Parameters.parse(value.substring(semicolon));
        return Optional.of(new MediaType(essence.substring(0, slash), essence.substring(slash + 1), parameters));
    }

    private static boolean hasSpaceOrComma(String essence) {
        for (int i = 0; i < essence.length(); i++) {
            if (essence.charAt(i) <= ' ' || essence.charAt(i) == ',') {
                return true;
            }
        }
        return false;
    }

    /** It is worth being remembered: it has no parameter that is another one in each message, as {@code boundary} is. */
    private boolean isCommon(String value) {
        return value.length() <= MAX_KNOWN_LENGTH
                && (parameters.isEmpty() || parameters.size() == 1 && parameters.containsKey("charset"));
    }

    /**
     * Type and subtype.
     *
     * @return such as {@code text/html}
     */
    public String essence() {
        return type + "/" + subtype;
    }

    /**
     * The value of a parameter.
     *
     * @param name the parameter's name in any case
     * @return its value without quotes, if there is one
     */
    public Optional<String> parameter(String name) {
        return Optional.ofNullable(parameters.get(name.toLowerCase(Locale.ROOT)));
    }

    /** The media type as a field value; parameters are quoted where they have to be. */
    @Override
    public String toString() {
        StringBuilder text = new StringBuilder(essence());
        parameters.forEach(
                (name, value) -> text.append("; ").append(name).append('=').append(Parameters.quoteIfNeeded(value)));
        return text.toString();
    }
}
