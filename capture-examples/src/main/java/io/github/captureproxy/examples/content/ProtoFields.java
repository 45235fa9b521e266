package io.github.captureproxy.examples.content;

import java.util.List;
import java.util.Optional;

/**
 * A protobuf message without its schema: its fields by number, as far as its bytes tell. What a field of bytes holds is
 * guessed: text, a message, or just bytes.
 *
 * @param fields the fields in order
 * @param problem where and why the bytes are no such message, if they aren't
 */
public record ProtoFields(List<Field> fields, Optional<String> problem) {
    /** The most fields, those within fields included. */
    public static final int MAX_FIELDS = 10_000;
    /** The most messages within each other that are looked into. */
    public static final int MAX_DEPTH = 32;
    /** The most characters of a value that are shown. */
    public static final int MAX_TEXT = 2_000;

    /** Copies the list. */
    public ProtoFields {
        fields = List.copyOf(fields);
    }

    /**
     * A field.
     *
     * @param number its number
     * @param kind {@code varint}, {@code fixed64}, {@code fixed32}, {@code text}, {@code bytes}, {@code message} or
     *     {@code group}
     * @param value the value in one reading: numbers as unsigned ones, bytes in hex
     * @param also the value in others, such as a floating-point number; may be empty
     * @param size how many bytes it takes up
     * @param fields the fields of a message or group
     */
    public record Field(int number, String kind, String value, String also, int size, List<Field> fields) {
        /** Copies the list. */
        public Field {
            fields = List.copyOf(fields);
        }
    }

    /**
     * Takes a message apart.
     *
     * @param message its bytes
     * @return its fields; those before the first fault, if there is one
     */
    public static ProtoFields of(byte[] message) {
        return new ProtoReader(message).read();
    }
}
