package io.github.captureproxy.examples.content;

import io.github.captureproxy.examples.content.ProtoFields.Field;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.CharBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;

/** Reads the wire format of protobuf ("Encoding" of its documentation). Each byte is looked at once a level at most. */
final class ProtoReader {
    private static final int VARINT = 0;
    private static final int FIXED64 = 1;
    private static final int BYTES = 2;
    private static final int GROUP = 3;
    private static final int END_GROUP = 4;
    private static final int FIXED32 = 5;

    /** A varint of 64 bits takes up no more. */
    private static final int MAX_VARINT = 10;

    private static final int MAX_FIELD_NUMBER = 536_870_911;

    private final ByteBuffer in;
    private int left = ProtoFields.MAX_FIELDS;

    ProtoReader(byte[] message) {
        this.in = ByteBuffer.wrap(message).order(ByteOrder.LITTLE_ENDIAN);
    }

    /** What the bytes turn out not to be. */
    private static final class Fault extends Exception {
        private static final long serialVersionUID = 1L;

        Fault(String message) {
            super(message, null, false, false);
        }
    }

    ProtoFields read() {
        List<Field> fields = new ArrayList<>();
        try {
            fields(fields, in.limit(), 0, 0);
            return new ProtoFields(fields, Optional.empty());
        } catch (Fault e) {
            return new ProtoFields(fields, Optional.of("at byte " + in.position() + ": " + e.getMessage()));
        }
    }

    /** Reads up to an end, or up to the end of a group if there is one around. */
    private void fields(List<Field> into, int end, int group, int depth) throws Fault {
        while (in.position() < end) {
            int at = in.position();
            long key = varint(end);
            long number = key >>> 3;
            if (number < 1 || number > MAX_FIELD_NUMBER) {
                in.position(at);
                throw new Fault("there is no field number " + Long.toUnsignedString(number));
            }
            if ((key & 7) == END_GROUP) {
                if (number != group) {
                    throw new Fault("a group ends that did not begin");
                }
                return;
            }
            if (left-- <= 0) {
                throw new Fault("the rest is not shown: more than " + ProtoFields.MAX_FIELDS + " fields");
            }
            into.add(field((int) number, (int) key & 7, end, depth));
        }
        if (group > 0) {
            throw new Fault("a group does not end");
        }
    }

    private Field field(int number, int type, int end, int depth) throws Fault {
        int start = in.position();
        return switch (type) {
            case VARINT -> integer(number, varint(end), in.position() - start);
            case FIXED64 -> {
                need(8, end);
                long bits = in.getLong();
                yield new Field(number, "fixed64", Long.toUnsignedString(bits), doubled(bits), 8, List.of());
            }
            case FIXED32 -> {
                need(4, end);
                int bits = in.getInt();
                String also = Float.toString(Float.intBitsToFloat(bits)) + (bits < 0 ? " · " + bits : "");
                yield new Field(number, "fixed32", Integer.toUnsignedString(bits), also, 4, List.of());
            }
            case BYTES -> delimited(number, end, depth);
            case GROUP -> group(number, end, depth);
            default -> throw new Fault("there is no wire type " + type);
        };
    }

    private static Field integer(int number, long value, int size) {
        long zigzag = (value >>> 1) ^ -(value & 1);
        String also = value < 0 ? value + " · zigzag " + zigzag : "zigzag " + zigzag;
        return new Field(number, "varint", Long.toUnsignedString(value), also, size, List.of());
    }

    private static String doubled(long bits) {
        return Double.toString(Double.longBitsToDouble(bits)) + (bits < 0 ? " · " + bits : "");
    }

    private Field group(int number, int end, int depth) throws Fault {
        int start = in.position();
        if (depth >= ProtoFields.MAX_DEPTH) {
            throw new Fault("groups within each other more than " + ProtoFields.MAX_DEPTH + " deep");
        }
        List<Field> fields = new ArrayList<>();
        fields(fields, end, number, depth + 1);
        return new Field(number, "group", "", "", in.position() - start, fields);
    }

    private Field delimited(int number, int end, int depth) throws Fault {
        long length = varint(end);
        if (length < 0 || length > end - in.position()) {
            throw new Fault("a field is longer than what is left: " + Long.toUnsignedString(length) + " bytes");
        }
        int start = in.position();
        int stop = start + (int) length;
        Optional<String> text = text(start, stop);
        boolean mayBeBoth = text.isPresent() && length > 1 && in.get(start) == '\n';
        List<Field> fields = new ArrayList<>();
        boolean message = (text.isEmpty() || mayBeBoth) && isMessage(fields, stop, depth);
        in.position(stop);
        if (message) {
            return new Field(number, "message", "", "", (int) length, fields);
        }
        return text.map(found -> new Field(number, "text", cut(found), "", (int) length, List.of()))
                .orElseGet(() -> new Field(number, "bytes", hex(start, stop), "", (int) length, List.of()));
    }

    private boolean isMessage(List<Field> fields, int stop, int depth) {
        if (in.position() == stop || depth >= ProtoFields.MAX_DEPTH) {
            return false;
        }
        int before = left;
        try {
            fields(fields, stop, 0, depth + 1);
            return true;
        } catch (Fault e) { // it is something else, and its fields don't count
            left = Math.max(before - 1, 0);
            return false;
        }
    }

    /** Well-formed UTF-8 without control characters but tab and line ends; empty if it is something else. */
    private Optional<String> text(int start, int stop) {
        try {
            CharBuffer text = StandardCharsets.UTF_8.newDecoder().decode(in.slice(start, stop - start));
            boolean shown =
                    text.chars().allMatch(c -> c == '\t' || c == '\n' || c == '\r' || !Character.isISOControl(c));
            return shown ? Optional.of(text.toString()) : Optional.empty();
        } catch (CharacterCodingException e) {
            return Optional.empty(); // bytes, then
        }
    }

    private static String cut(String text) {
        return text.length() > ProtoFields.MAX_TEXT ? text.substring(0, ProtoFields.MAX_TEXT) + "…" : text;
    }

    private String hex(int start, int stop) {
        int end = Math.min(stop, start + ProtoFields.MAX_TEXT / 2);
        return HexFormat.of().formatHex(in.array(), start, end) + (end < stop ? "…" : "");
    }

    private long varint(int end) throws Fault {
        long value = 0;
        for (int i = 0; i < MAX_VARINT; i++) {
            need(1, end);
            byte b = in.get();
            value |= (long) (b & 0x7f) << (7 * i);
            if (b >= 0) {
                return value;
            }
        }
        throw new Fault("a number is longer than " + MAX_VARINT + " bytes");
    }

    private void need(int bytes, int end) throws Fault {
        if (end - in.position() < bytes) {
            throw new Fault("the message ends within a field");
        }
    }
}
