package io.github.captureproxy.exchange;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.util.Objects;
import java.util.OptionalLong;
import java.util.Set;
import java.util.function.Consumer;

/**
 * Takes a stream of type {@code text/event-stream} apart as its bytes come (HTML standard, "parsing an event stream"),
 * wherever they are split. An event that has not ended is not there yet. Malformed UTF-8 becomes U+FFFD. For one thread
 * at a time.
 */
public final class EventStreamParser {
    /** The most bytes of an event's data that are kept, and of any one line. */
    public static final int MAX_DATA_BYTES = 1024 * 1024;

    private static final int BYTE_ORDER_MARK = 3;

    /** The fields whose values their own event alone shows, however long they are; an id is shown by later ones, too. */
    private static final Set<String> SHOWN = Set.of("event", "data");

    private final Consumer<ServerSentEvent> events;
    private final ByteArrayOutputStream line = new ByteArrayOutputStream();
    private final ByteArrayOutputStream data = new ByteArrayOutputStream();
    private boolean first = true;
    private boolean afterReturn;
    private boolean hasData;
    private boolean lineCut;
    private boolean truncated;
    private boolean idCut; // outlives the event, as the id does
    private String type = "";
    private String lastEventId = "";
    private OptionalLong retry = OptionalLong.empty();

    /**
     * Begins with a stream.
     *
     * @param events is given each event when it has ended
     */
    public EventStreamParser(Consumer<ServerSentEvent> events) {
        this.events = Objects.requireNonNull(events, "events");
    }

    /**
     * Takes the next bytes of the stream.
     *
     * @param bytes holds them
     * @param offset the first one's index
     * @param length how many there are
     */
    public void feed(byte[] bytes, int offset, int length) {
        feed(ByteBuffer.wrap(bytes), offset, length);
    }

    /**
     * Takes the next bytes of the stream. They are read by absolute index: the buffer's position and limit stay as they
     * are.
     *
     * @param bytes holds them
     * @param from the first one's index
     * @param length how many there are
     */
    public void feed(ByteBuffer bytes, int from, int length) {
        for (int i = from; i < from + length; i++) {
            next(bytes.get(i));
        }
    }

    private void next(byte b) {
        boolean secondHalf = afterReturn && b == '\n'; // of a line's end that is CR LF
        afterReturn = b == '\r';
        if (b == '\r' || b == '\n') {
            if (!secondHalf) {
                endLine();
            }
        } else if (line.size() < MAX_DATA_BYTES) {
            line.write(b);
        } else {
            lineCut = true; // which means something only once it is known what line it is
        }
    }

    private void endLine() {
        byte[] bytes = line.toByteArray();
        line.reset();
        int start = first && isMarked(bytes) ? BYTE_ORDER_MARK : 0;
        first = false;
        if (bytes.length == start) {
            dispatch();
        } else {
            field(bytes, start);
        }
        lineCut = false;
    }

    private static boolean isMarked(byte[] bytes) {
        return bytes.length >= BYTE_ORDER_MARK
                && (bytes[0] & 0xff) == 0xef
                && (bytes[1] & 0xff) == 0xbb
                && (bytes[2] & 0xff) == 0xbf;
    }

    private void field(byte[] bytes, int start) {
        int colon = start;
        while (colon < bytes.length && bytes[colon] != ':') {
            colon++;
        }
        int value = Math.min(colon + 1, bytes.length);
        if (value < bytes.length && bytes[value] == ' ') {
            value++;
        }
        int length = bytes.length - value;
        String name = new String(bytes, start, colon - start, UTF_8);
        switch (name) {
            case "event" -> type = new String(bytes, value, length, UTF_8);
            case "data" -> addData(bytes, value, length);
            case "id" -> identify(new String(bytes, value, length, UTF_8));
            case "retry" -> retry = number(new String(bytes, value, length, UTF_8));
            default -> {} // a comment, or a field that has no meaning
        }
        truncated |= lineCut && SHOWN.contains(name);
    }

    private void addData(byte[] bytes, int start, int length) {
        int between = hasData ? 1 : 0; // a line feed
        int room = MAX_DATA_BYTES - data.size();
        if (hasData && room > 0) {
            data.write('\n');
        }
        int kept = Math.min(length, MAX_DATA_BYTES - data.size());
        data.write(bytes, start, kept);
        hasData = true;
        truncated |= room < between + length;
    }

    private void identify(String id) {
        if (id.indexOf('\0') < 0) {
            lastEventId = id;
            idCut = lineCut;
        }
    }

    private OptionalLong number(String digits) {
        return digits.matches("[0-9]{1,18}") ? OptionalLong.of(Long.parseLong(digits)) : retry;
    }

    private void dispatch() {
        if (hasData) {
            String name = type.isEmpty() ? "message" : type;
            events.accept(new ServerSentEvent(name, data.toString(UTF_8), lastEventId, retry, truncated || idCut));
            retry = OptionalLong.empty();
        }
        data.reset();
        hasData = false;
        truncated = false;
        type = "";
    }
}
