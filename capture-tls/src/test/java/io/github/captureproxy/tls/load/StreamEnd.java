package io.github.captureproxy.tls.load;

import java.io.IOException;
import java.util.List;
import java.util.Random;
import org.apache.hc.core5.http.Header;

/** One end of one stream: sends its body in pieces, with pauses, and checks each byte of the other. For one thread. */
abstract class StreamEnd {
    private static final int LONGEST_PAUSE_MILLIS = 20;
    private static final int ONE_IN = 16;
    private static final int LONGEST_PADDING = 256;

    private final FrameLink link;
    private final int id;
    private final StreamPlan plan;
    private final Random random;
    private final Content outgoing;
    private final Content incoming;
    private final boolean slow;
    private int sendWindow;
    private int sent;
    private int received;
    private int toGrant;
    private boolean pausing;
    private boolean localEnded;
    private boolean remoteEnded;
    private boolean over;
    private boolean trailersCame;
    private boolean headCame;

    StreamEnd(FrameLink link, int id, StreamPlan plan, boolean client) {
        this.link = link;
        this.id = id;
        this.plan = plan;
        this.random = plan.random(client);
        this.outgoing = client ? plan.request() : plan.response();
        this.incoming = client ? plan.response() : plan.request();
        this.slow = random.nextInt(ONE_IN) == 0;
        this.sendWindow = link.peerWindow();
    }

    int id() {
        return id;
    }

    StreamPlan plan() {
        return plan;
    }

    FrameLink link() {
        return link;
    }

    boolean sometimes() {
        return random.nextBoolean();
    }

    /** The peer's head. */
    abstract void head(List<Header> fields) throws IOException;

    /** This end may begin to send its body. */
    abstract boolean mayBegin();

    /** This end may end its body. */
    abstract boolean mayEnd();

    /** The other end has reset the stream. */
    abstract void resetSeen(long code);

    /** This end is the one that resets it. */
    abstract boolean cuts();

    /** Something that must not be. */
    abstract void wrong(String what);

    abstract boolean sendsTrailers();

    abstract boolean expectsTrailers();

    boolean isRemoteEnded() {
        return remoteEnded;
    }

    boolean isLocalEnded() {
        return localEnded;
    }

    void fields(List<Header> fields, boolean ended) throws IOException {
        if (headCame) {
            trailersCame = true;
            check(fields, "x-check");
        } else {
            headCame = true;
            head(fields);
        }
        after(ended);
    }

    /** The peer's fields must be those of this very stream. */
    void check(List<Header> fields, String name) {
        String number = Integer.toString(plan.ordinal());
        if (fields.stream()
                .noneMatch(it -> it.getName().equals(name) && it.getValue().equals(number))) {
            wrong(name + " is not in " + fields);
        }
    }

    void data(byte[] payload, int from, int to, boolean ended) throws IOException {
        if (!incoming.hasAt(received, payload, from, to)) {
            wrong("other bytes from " + received + " on, " + (to - from) + " of them");
        }
        received += to - from;
        if (!ended) {
            grant(payload.length);
        }
        after(ended);
    }

    private void after(boolean ended) throws IOException {
        if (isCut()) {
            return;
        }
        if (ended) {
            remoteEnded = true;
            if (received != incoming.size() || trailersCame != expectsTrailers()) {
                wrong("an end after " + received + " bytes, trailers: " + trailersCame);
            }
        }
        pump();
    }

    private void grant(int bytes) throws IOException {
        toGrant += bytes;
        if (toGrant < link.ownWindow() / 4) {
            return;
        }
        int now = toGrant;
        toGrant = 0;
        if (slow) {
            link.later(() -> grantNow(now), random.nextInt(LONGEST_PAUSE_MILLIS));
        } else {
            grantNow(now);
        }
    }

    private void grantNow(int bytes) throws IOException {
        if (!over && !remoteEnded) {
            link.grant(id, bytes);
        }
    }

    /** Resets the stream if this is the place; true if it is over. */
    boolean isCut() throws IOException {
        if (!over && cuts() && sent + received >= plan.cutAt()) {
            reset(plan.code());
        }
        return over;
    }

    void reset(long code) throws IOException {
        link.reset(id, code);
        end();
    }

    void wasReset(long code) {
        resetSeen(code);
        end();
    }

    private void end() {
        over = true;
        link.remove(this);
    }

    void granted(int more) {
        sendWindow += more;
    }

    /** Sends what may be sent now. */
    void pump() throws IOException {
        while (maySend() && sent < most() && Math.min(sendWindow, link.sendWindow()) > 0) {
            piece();
            if (isCut()) {
                return;
            }
            pauseSometimes();
        }
        if (maySend() && sent == outgoing.size() && mayEnd()) {
            sendEnd();
        }
        if (localEnded && remoteEnded && !over) {
            link.endedWhole(this);
            end();
        }
    }

    private boolean maySend() {
        return !over && !localEnded && !pausing && mayBegin();
    }

    private int most() {
        return cuts() ? Math.max(0, Math.min(outgoing.size(), plan.cutAt() - received)) : outgoing.size();
    }

    private void piece() throws IOException {
        int room = Math.min(FrameLink.MAX_PAYLOAD, Math.min(sendWindow, link.sendWindow()));
        boolean padded = room > LONGEST_PADDING && random.nextInt(ONE_IN) == 0;
        int padding = padded ? random.nextInt(LONGEST_PADDING) : 0;
        int begin = padded ? 1 : 0;
        int longest = random.nextInt(4) == 0 ? 1_000 : FrameLink.MAX_PAYLOAD;
        int count = Math.min(1 + random.nextInt(longest), Math.min(most() - sent, room - padding - begin));
        boolean last = sent + count == outgoing.size() && !sendsTrailers() && !cuts() && mayEnd() && sometimes();
        byte[] payload = new byte[begin + count + padding];
        payload[0] = (byte) padding;
        outgoing.copy(sent, payload, begin, count);
        link.sendData(id, (padded ? FrameLink.PADDED : 0) | (last ? FrameLink.END_STREAM : 0), payload);
        sendWindow -= payload.length;
        sent += count;
        localEnded = last;
    }

    private void pauseSometimes() {
        if (random.nextInt(ONE_IN) == 0) {
            pausing = true;
            link.later(
                    () -> {
                        pausing = false;
                        pump();
                    },
                    random.nextInt(LONGEST_PAUSE_MILLIS));
        }
    }

    private void sendEnd() throws IOException {
        localEnded = true;
        if (sendsTrailers()) {
            link.sendFields(id, true, "x-check", Integer.toString(plan.ordinal()));
        } else {
            link.sendData(id, FrameLink.END_STREAM, new byte[0]);
        }
    }

    /** There is no body. */
    void endedWithHead() {
        localEnded = true;
    }
}
