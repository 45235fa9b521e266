package io.github.captureproxy.internal.coding;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_8;

import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.time.Duration;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import org.jspecify.annotations.Nullable;

/** Reads the values of gRPC's own fields ("gRPC over HTTP2": Requests, Responses). */
public final class GrpcFields {
    /** Digits of a timeout's value at most, by the protocol. */
    private static final int MAX_TIMEOUT_DIGITS = 8;

    /** Digits of a status at most: what an int surely holds. */
    private static final int MAX_STATUS_DIGITS = 9;

    private static final List<String> STATUS_NAMES = List.of(
            "OK",
            "CANCELLED",
            "UNKNOWN",
            "INVALID_ARGUMENT",
            "DEADLINE_EXCEEDED",
            "NOT_FOUND",
            "ALREADY_EXISTS",
            "PERMISSION_DENIED",
            "RESOURCE_EXHAUSTED",
            "FAILED_PRECONDITION",
            "ABORTED",
            "OUT_OF_RANGE",
            "UNIMPLEMENTED",
            "INTERNAL",
            "UNAVAILABLE",
            "DATA_LOSS",
            "UNAUTHENTICATED");

    private GrpcFields() {}

    /**
     * A {@code grpc-timeout}: up to eight digits and a unit.
     *
     * @param value the field's value
     * @return the time, if the value has that form
     */
    public static Optional<Duration> timeout(String value) {
        int digits = value.length() - 1;
        if (digits < 1 || digits > MAX_TIMEOUT_DIGITS || !areDigits(value, digits)) {
            return Optional.empty();
        }
        ChronoUnit unit = unit(value.charAt(digits));
        return Optional.ofNullable(unit).map(known -> Duration.of(Integer.parseInt(value.substring(0, digits)), known));
    }

    private static @Nullable ChronoUnit unit(char letter) {
        return switch (letter) {
            case 'H' -> ChronoUnit.HOURS;
            case 'M' -> ChronoUnit.MINUTES;
            case 'S' -> ChronoUnit.SECONDS;
            case 'm' -> ChronoUnit.MILLIS;
            case 'u' -> ChronoUnit.MICROS;
            case 'n' -> ChronoUnit.NANOS;
            default -> null;
        };
    }

    /**
     * A {@code grpc-status}: a number in decimal.
     *
     * @param value the field's value
     * @return the code, if the value is one
     */
    public static OptionalInt status(String value) {
        boolean number = !value.isEmpty() && value.length() <= MAX_STATUS_DIGITS && areDigits(value, value.length());
        return number ? OptionalInt.of(Integer.parseInt(value)) : OptionalInt.empty();
    }

    /**
     * A status code's name.
     *
     * @param status the code
     * @return such as {@code NOT_FOUND}; the number itself of a code that gRPC does not name
     */
    public static String statusName(int status) {
        return status >= 0 && status < STATUS_NAMES.size() ? STATUS_NAMES.get(status) : Integer.toString(status);
    }

    /**
     * A {@code grpc-message}: UTF-8, percent-encoded. A percent sign without two hex digits after it stays.
     *
     * @param value the field's value, one character a byte
     * @return the text; the value as it is if it does not decode to UTF-8
     */
    public static String message(String value) {
        byte[] bytes = UrlEncoded.percentDecode(value.getBytes(ISO_8859_1), false);
        try {
            return UTF_8.newDecoder().decode(ByteBuffer.wrap(bytes)).toString();
        } catch (CharacterCodingException e) {
            return value; // The protocol wants no failure here, and lets the coded form be shown.
        }
    }

    private static boolean areDigits(String value, int length) {
        return value.chars().limit(length).allMatch(c -> c >= '0' && c <= '9');
    }
}
