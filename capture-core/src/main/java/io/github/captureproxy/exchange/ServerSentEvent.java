package io.github.captureproxy.exchange;

import java.util.Objects;
import java.util.OptionalLong;

/**
 * An event of a stream of type {@code text/event-stream} (HTML standard, "server-sent events").
 *
 * @param type its type; {@code message} where the stream names none
 * @param data its data, several lines joined by line feeds; at most {@link EventStreamParser#MAX_DATA_BYTES} bytes of it
 * @param lastEventId the id that a client would resume behind: this event's, or the latest one before it; may be empty
 * @param retryMillis after which time a client is to connect again, if the event says so
 * @param truncated true if its data or type was cut, or the id, whichever event it came with
 */
public record ServerSentEvent(
        String type, String data, String lastEventId, OptionalLong retryMillis, boolean truncated) {
    /** Checks that all parts are there. */
    public ServerSentEvent {
        Objects.requireNonNull(type, "type");
        Objects.requireNonNull(data, "data");
        Objects.requireNonNull(lastEventId, "lastEventId");
        Objects.requireNonNull(retryMillis, "retryMillis");
    }

    /** What it is, without its data. */
    @Override
    public String toString() {
        return type + ", " + data.length() + " characters" + (truncated ? ", cut" : "");
    }
}
