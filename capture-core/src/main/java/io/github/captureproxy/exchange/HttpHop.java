package io.github.captureproxy.exchange;

import java.util.Objects;
import java.util.Optional;
import java.util.OptionalInt;

/**
 * One hop of an exchange: the client's connection to the proxy, or the proxy's to the origin or upstream proxy.
 *
 * @param version the version of HTTP that was spoken: {@code HTTP/1.0}, {@code HTTP/1.1} or {@code HTTP/2}
 * @param streamId the HTTP/2 stream on its connection (RFC 9113 section 5.1.1); empty with HTTP/1
 * @param priority what the client said of the stream's priority, if it did; empty on the origin's hop
 * @param reset why the stream was reset, if that had happened when the exchange ended
 */
public record HttpHop(
        String version, OptionalInt streamId, Optional<StreamPriority> priority, Optional<StreamReset> reset) {

    private static final HttpHop HTTP_1_0 = bare("HTTP/1.0");
    private static final HttpHop HTTP_1_1 = bare("HTTP/1.1");

    /** Checks that all parts are there. */
    public HttpHop {
        Objects.requireNonNull(version, "version");
        Objects.requireNonNull(streamId, "streamId");
        Objects.requireNonNull(priority, "priority");
        Objects.requireNonNull(reset, "reset");
    }

    /**
     * A hop of which only the version is known, as with all of HTTP/1.
     *
     * @param version the version, such as {@code HTTP/1.1}
     * @return the hop, without a stream
     */
    public static HttpHop of(String version) {
        return switch (version) {
            case "HTTP/1.1" -> HTTP_1_1; // One for all: History holds many.
            case "HTTP/1.0" -> HTTP_1_0;
            default -> bare(version);
        };
    }

    private static HttpHop bare(String version) {
        return new HttpHop(version, OptionalInt.empty(), Optional.empty(), Optional.empty());
    }

    /**
     * Tells if the hop was HTTP/2.
     *
     * @return true for the version {@code HTTP/2}
     */
    public boolean isHttp2() {
        return version.equals("HTTP/2");
    }

    /** The hop in short, such as {@code HTTP/2, stream 5, reset: CANCEL, sent by the peer}. */
    @Override
    public String toString() {
        StringBuilder text = new StringBuilder(version);
        streamId.ifPresent(id -> text.append(", stream ").append(id));
        priority.ifPresent(said -> text.append(", priority ").append(said));
        reset.ifPresent(why -> text.append(", reset: ").append(why));
        return text.toString();
    }
}
