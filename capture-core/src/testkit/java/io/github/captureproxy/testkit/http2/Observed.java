package io.github.captureproxy.testkit.http2;

import java.io.IOException;
import java.net.SocketException;
import java.net.SocketTimeoutException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** What came from a server that had something to react to, until it was clear how it did. */
public final class Observed {
    private static final long PROBE = 0x0123_4567_89ab_cdefL;

    /** How many frames a failure shows: the last ones tell most. */
    private static final int SHOWN = 20;

    private final RawHttp2Client client;
    private final List<Http2Frame> frames = new ArrayList<>();
    private int stream;
    private int goAway = -1;
    private int reset = -1;
    private int status;
    private boolean streamEnded;
    private boolean ended;
    private boolean stuck;

    private Observed(RawHttp2Client client) {
        this.client = client;
    }

    /**
     * Watches until the connection has ended; or, where a reaction needs no end of it, until a PING is answered and the
     * stream of the reaction has ended.
     */
    public static Observed watch(RawHttp2Client client, Reaction expected) throws IOException {
        Observed observed = new Observed(client);
        observed.stream = expected.stream();
        observed.status = client.status(expected.stream());
        observed.run(!expected.endsConnection());
        return observed;
    }

    private void run(boolean probe) throws IOException {
        boolean answered = false;
        if (probe) {
            sendProbe();
        }
        while (!ended && !stuck && !(probe && answered && (stream == 0 || streamEnded))) {
            Optional<Http2Frame> frame = next();
            ended = frame.isEmpty() && !stuck;
            answered |= frame.filter(Observed::answersProbe).isPresent();
            frame.ifPresent(this::note);
        }
    }

    /** If it cannot be sent, the server has closed: what it said before is still to be read. */
    private void sendProbe() throws IOException {
        try {
            client.send(Http2Frame.ping(0, PROBE));
        } catch (SocketException e) {
            // the end of the connection shows in the next reads
        }
    }

    private Optional<Http2Frame> next() throws IOException {
        try {
            return client.next();
        } catch (SocketTimeoutException e) { // no reaction is none that is right
            stuck = true;
            return Optional.empty();
        }
    }

    private static boolean answersProbe(Http2Frame frame) {
        return frame.type() == Http2Frame.PING
                && frame.has(Http2Frame.ACK)
                && frame.payload().length == 8
                && frame.integerAt(4) == (int) PROBE;
    }

    private void note(Http2Frame frame) {
        frames.add(frame);
        if (frame.type() == Http2Frame.GOAWAY) {
            goAway = frame.integerAt(4);
        }
        if (frame.stream() == stream && stream != 0) {
            if (frame.type() == Http2Frame.HEADERS || frame.type() == Http2Frame.CONTINUATION) {
                client.field(stream, ":status").map(Integer::parseInt).ifPresent(it -> status = it);
            } else if (frame.type() == Http2Frame.RST_STREAM && !streamEnded) {
                reset = frame.integerAt(0);
            }
            streamEnded |= frame.ends(stream);
        }
    }

    /** Tells whether nothing came any more although something had to. */
    boolean stuck() {
        return stuck;
    }

    /** Tells whether the connection has ended. */
    boolean ended() {
        return ended;
    }

    /** The code of the last GOAWAY; -1 if there was none. */
    int goAway() {
        return goAway;
    }

    /** The code of the RST_STREAM that ended the stream; -1 if there was none. */
    int reset() {
        return reset;
    }

    /** The last status on the stream; 0 if there was none. */
    int status() {
        return status;
    }

    /** Tells whether the server has said all on the stream that it had to say. */
    boolean streamEnded() {
        return streamEnded;
    }

    @Override
    public String toString() {
        StringBuilder text = new StringBuilder("status " + status + (ended ? ", the connection has ended" : "")
                + (stuck ? ", nothing more came" : ""));
        frames.stream()
                .skip(Math.max(0, frames.size() - SHOWN))
                .forEach(it -> text.append("\n  ").append(it));
        return text.toString();
    }
}
