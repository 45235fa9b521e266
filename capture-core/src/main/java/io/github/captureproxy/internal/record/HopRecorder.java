package io.github.captureproxy.internal.record;

import io.github.captureproxy.exchange.HttpHop;
import io.github.captureproxy.exchange.StreamPriority;
import io.github.captureproxy.exchange.StreamReset;
import java.util.Optional;
import java.util.OptionalInt;
import org.jspecify.annotations.Nullable;

/** Notes what one side of an exchange speaks, on which stream, and how that was reset. For one thread. */
final class HopRecorder {
    /** What is sent where nothing else is known. */
    private static final String SENT = "HTTP/1.1";

    private boolean there;
    private @Nullable String version;
    private OptionalInt stream = OptionalInt.empty();
    private @Nullable StreamPriority priority;
    private @Nullable StreamReset reset;

    /** A connection is there; what was known of one before it is about another. */
    void connected() {
        there = true;
        version = null;
        stream = OptionalInt.empty();
        reset = null;
    }

    /** A message of that version has come in. */
    void version(String spoken) {
        version = spoken;
    }

    /** The exchange has a stream of its own; a reset that was noted before is of another. */
    void stream(int id, @Nullable StreamPriority said) {
        there = true;
        stream = OptionalInt.of(id);
        priority = said;
        reset = null;
    }

    /** The stream was reset; the first reset counts, as what follows is an answer to it. */
    void reset(long code, boolean byPeer) {
        if (reset == null) {
            reset = new StreamReset(code & 0xffff_ffffL, byPeer);
        }
    }

    /** What is known now; null if there was no connection. */
    @Nullable
    HttpHop hop() {
        if (!there) {
            return null;
        }
        if (stream.isEmpty() && reset == null) {
            return HttpHop.of(version == null ? SENT : version);
        }
        return new HttpHop("HTTP/2", stream, Optional.ofNullable(priority), Optional.ofNullable(reset));
    }
}
