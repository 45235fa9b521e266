package io.github.captureproxy.internal.http2;

import io.github.captureproxy.internal.hpack.HpackDecoder;
import io.github.captureproxy.internal.hpack.HpackEncoder;
import io.github.captureproxy.internal.hpack.HpackException;
import io.github.captureproxy.internal.io.Buffers;
import io.github.captureproxy.internal.io.Channel;
import io.github.captureproxy.internal.io.ChannelHandler;
import io.github.captureproxy.internal.io.Worker;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * An HTTP/2 connection (RFC 9113), in either role: moves frames between its socket and its streams, keeps both sides'
 * windows, and ends when a peer breaks a rule or asks for too much. For one worker thread.
 */
public final class Http2Connection implements ChannelHandler {
    /** Names beside which a field is looked up when it is written, and that the peer may make this side remember. */
    private static final int TABLE_BYTES = 4_096;

    private final Channel channel;
    private final Owner owner;
    private final Role role;
    private final FrameOutput output;
    private final FrameSender sender;
    private final FrameReader reader;
    private final FrameReceiver receiver;
    private final SectionWriter sections;
    private final HpackEncoder encoder = new HpackEncoder(TABLE_BYTES);
    private final PeerSettings peer = new PeerSettings();
    private final PeerFaults faults = new PeerFaults(this);
    private final Map<Integer, Http2Stream> streams = new LinkedHashMap<>();
    private final ClosedStreams closed = new ClosedStreams();
    private long nextDeadline;
    private long idleDeadline;
    private int lastOpened = -1;
    private boolean heldBack;
    private boolean ending;
    private boolean leaving;
    private boolean gone;

    /** Whom a connection belongs to. All calls come on its worker thread. */
    public interface Owner {
        /**
         * A client has opened a stream.
         *
         * @param stream the stream
         * @return its owner
         */
        StreamHandler.OfServer opened(Http2Stream stream);

        /** The peer's settings have come, or a stream has ended: there may be room for another. */
        void roomChanged();

        /**
         * The peer takes no new streams. Those that it has not looked at are told so by this.
         *
         * @param code why
         */
        void goAway(long code);

        /** No stream is open, and none has been for as long as the deadline said. */
        void idle();

        /**
         * The connection is done with: the last frame has been sent, and the socket is the callee's to close.
         *
         * @param problem what the peer did wrong; empty if nothing
         */
        void finished(String problem);

        /**
         * The socket broke, or there is a defect.
         *
         * @param cause what was thrown
         */
        void failed(Throwable cause);

        /** The socket is closed. */
        void closed();
    }

    /**
     * Which end of the connection this is, and its limits.
     *
     * @param server true if the peer is a client
     * @param absoluteTargets true to have requests' targets name their authority, as those for a proxy do
     * @param maxFieldBytes the most bytes of one message's fields
     * @param maxFields the most field lines of one message
     * @param maxStreams the most streams that a client may have open at once
     * @param stall how long the peer may take nothing of what is sent; zero for no limit but those of its streams
     */
    public record Role(
            boolean server,
            boolean absoluteTargets,
            int maxFieldBytes,
            int maxFields,
            int maxStreams,
            Duration stall) {}

    /**
     * Takes a channel over; {@link #start} sets it going.
     *
     * @param channel the connection, plain or secured
     * @param role which end this is
     * @param owner whom it belongs to
     */
    public Http2Connection(Channel channel, Role role, Owner owner) {
        this.channel = channel;
        this.role = role;
        this.owner = owner;
        this.output = new FrameOutput(channel);
        this.sender = new FrameSender(output, faults);
        this.sections = new SectionWriter(encoder);
        this.receiver = new FrameReceiver(this, faults, new HpackDecoder(TABLE_BYTES));
        this.reader = new FrameReader(receiver);
    }

    /**
     * Says what this side has to say first, and takes what the peer has said already.
     *
     * @param early the peer's first bytes
     */
    public void start(byte[] early) {
        channel.handler(this);
        if (!role.stall().isZero()) {
            // A peer that takes nothing at all holds up every stream, and the connection ends for that. One that only
            // is
            // slow does not: as long as something is written, a stream's deadline is that stream's alone.
            channel.stallLimit(role.stall());
        }
        ConnectionPreface.write(output, role);
        channel.reading(true);
        if (early.length > 0) {
            // Room for what may be written before content is needed here, too.
            ByteBuffer bytes = ByteBuffer.allocate(Buffers.HEADROOM + early.length);
            bytes.put(Buffers.HEADROOM, early);
            read(bytes, Buffers.HEADROOM, bytes.capacity());
        }
    }

    Role role() {
        return role;
    }

    Owner owner() {
        return owner;
    }

    PeerSettings peer() {
        return peer;
    }

    SectionWriter sections() {
        return sections;
    }

    FrameSender sender() {
        return sender;
    }

    /** The last stream that the peer has opened; an origin opens none. */
    private int lastOfPeer() {
        return role.server() ? Math.max(0, lastOpened) : 0;
    }

    FrameOutput output() {
        return output;
    }

    /**
     * The connection itself.
     *
     * @return the channel
     */
    public Channel channel() {
        return channel;
    }

    /**
     * How many streams are open.
     *
     * @return the number, of both the peer's and this side's
     */
    public int openStreams() {
        return streams.size();
    }

    /**
     * How many streams the peer allows at once.
     *
     * @return a number; very large before it has said one
     */
    public long maxStreams() {
        return peer.maxConcurrentStreams();
    }

    /**
     * Tells if the peer has spoken HTTP/2.
     *
     * @return true from its SETTINGS on
     */
    public boolean hasSpoken() {
        return receiver.hasSettings();
    }

    /**
     * Tells if streams can be opened.
     *
     * @return false once the peer has said GOAWAY, or the connection ends
     */
    public boolean takesStreams() {
        return !ending && !gone && channel.isOpen() && lastOpened < Integer.MAX_VALUE - 2;
    }

    /**
     * Opens a stream to a server.
     *
     * @param handler its owner
     * @return the stream, on which nothing has been sent
     */
    public Http2Stream open(StreamHandler.OfClient handler) {
        lastOpened += 2;
        Http2Stream stream = new Http2Stream(this, lastOpened, peer.initialWindow());
        stream.handler(handler);
        add(stream);
        return stream;
    }

    /** A client has opened a stream. */
    Http2Stream opened(int id) {
        lastOpened = id;
        Http2Stream stream = new Http2Stream(this, id, peer.initialWindow());
        add(stream);
        return stream;
    }

    private void add(Http2Stream stream) {
        streams.put(stream.id(), stream);
        idleDeadline = 0;
    }

    @Nullable
    Http2Stream stream(int id) {
        return streams.get(id);
    }

    /** No stream with this number has been opened yet. */
    boolean isIdle(int id) {
        return (id & 1) == 0 || id > lastOpened;
    }

    ClosedStreams closedStreams() {
        return closed;
    }

    boolean isEnding() {
        return ending;
    }

    /** A stream is over. */
    void ended(Http2Stream stream, boolean resetHere) {
        if (streams.remove(stream.id(), stream)) {
            closed.add(stream.id(), resetHere);
            sender.forget(stream);
            if (!gone) {
                owner.roomChanged();
            }
        }
    }

    /**
     * Sets when {@link Owner#idle} is called if no stream is opened until then.
     *
     * @param nanoTime a value of {@link System#nanoTime}
     */
    public void idleDeadline(long nanoTime) {
        idleDeadline = nanoTime;
        deadlineSet(nanoTime);
    }

    void deadlineSet(long at) {
        if (at != 0 && (nextDeadline == 0 || at - nextDeadline < 0)) {
            nextDeadline = at;
            channel.deadline(at);
        }
    }

    @Override
    public void writing() {
        if (nextDeadline != 0 && System.nanoTime() - nextDeadline >= 0) {
            deadlinePassed();
        }
    }

    @Override
    public void deadlinePassed() {
        long now = System.nanoTime();
        nextDeadline = 0;
        for (Http2Stream stream : new ArrayList<>(streams.values())) {
            boolean isDue = stream.deadline() != 0 && now - stream.deadline() >= 0;
            if (isDue || stream.hasQueued() && !channel.isOpen()) {
                stream.deadlinePassed();
            }
        }
        for (Http2Stream stream : streams.values()) {
            deadlineSet(stream.deadline());
        }
        if (idleDeadline != 0 && now - idleDeadline >= 0 && streams.isEmpty()) {
            idleDeadline = 0;
            owner.idle();
        } else {
            deadlineSet(idleDeadline);
        }
    }

    @Override
    public void readable() throws IOException {
        Buffers buffers = Worker.current().buffers();
        ByteBuffer buffer = buffers.acquire();
        try {
            int start = buffer.position();
            int count = channel.read(buffer);
            if (count > 0) {
                read(buffer, start, start + count);
            } else if (count < 0) {
                finish("");
            }
        } finally {
            buffers.release(buffer);
        }
    }

    private void read(ByteBuffer buffer, int from, int to) {
        if (gone) {
            return;
        }
        try {
            int at = receiver.preface(buffer, from, to);
            reader.read(buffer, at, to);
        } catch (Http2Exception e) {
            fail(e.code(), e.problem());
        } catch (HpackException e) {
            fail(ErrorCode.COMPRESSION_ERROR, String.valueOf(e.getMessage()));
        }
    }

    /** Ends the connection for what the peer did. */
    private void fail(int code, String problem) {
        if (!gone) {
            sender.writeGoAway(lastOfPeer(), code);
            finish(problem);
        }
    }

    private void finish(String problem) {
        if (gone) {
            return;
        }
        gone = true;
        ending = true;
        receiver.ended();
        output.flush();
        endStreams(problem);
        owner.finished(problem);
    }

    private void endStreams(String problem) {
        for (Http2Stream stream : new ArrayList<>(streams.values())) {
            stream.wasReset(new StreamHandler.Reset(ErrorCode.CANCEL, StreamHandler.By.CONNECTION, problem));
        }
    }

    /** Ends the connection in an orderly way: no new streams, and the end when the open ones have ended. */
    public void endGracefully() {
        if (!ending) {
            ending = true;
            sender.writeGoAway(lastOfPeer(), ErrorCode.NO_ERROR);
        }
        endIfDone();
    }

    /** Ends it if it is to end and nothing is open. */
    public void endIfDone() {
        if ((ending || leaving) && streams.isEmpty() && !gone) {
            finish("");
        }
    }

    /**
     * The peer takes no streams past a number (RFC 9113 section 6.8). A client's says nothing of those that it opens, but
     * that it means to leave.
     */
    void goneAway(int last, long code) {
        if (role.server()) {
            leaving = true;
            endIfDone();
            return;
        }
        boolean first = !ending;
        ending = true;
        List<Http2Stream> unprocessed = new ArrayList<>(streams.values());
        unprocessed.removeIf(stream -> stream.id() <= last);
        for (Http2Stream stream : unprocessed) {
            stream.wasReset(new StreamHandler.Reset(ErrorCode.REFUSED_STREAM, StreamHandler.By.PEER, "by GOAWAY"));
        }
        if (first) {
            owner.goAway(code);
        }
        endIfDone();
    }

    /** What streams may send at first has changed (RFC 9113 section 6.9.2). */
    void initialWindowChanged(long by) throws Http2Exception {
        for (Http2Stream stream : streams.values()) {
            if (!stream.changeSendWindow(by)) {
                throw Http2Exception.connection(ErrorCode.FLOW_CONTROL_ERROR, "a window that is too large");
            }
            if (stream.hasQueued()) {
                sender.waits(stream);
            }
        }
    }

    void tableSizeChanged() {
        encoder.peerTableLimit(peer.lowestTableSize());
        encoder.peerTableLimit(peer.headerTableSize());
    }

    @Override
    public void eventEnded() {
        if (gone) {
            return;
        }
        output.flush();
        if (output.isClogged() && !heldBack) {
            heldBack = true;
            channel.reading(false);
        }
    }

    @Override
    public void drained() {
        receiver.acknowledged();
        output.drained();
        if (heldBack) {
            heldBack = false;
            channel.reading(true);
        }
        sender.pump();
    }

    @Override
    public boolean saysGoodbye() {
        return true;
    }

    @Override
    public void ending() {
        if (!gone && !ending) {
            sender.writeGoAway(lastOfPeer(), ErrorCode.NO_ERROR);
            output.flush();
        }
    }

    @Override
    public boolean isMidway() {
        return !streams.isEmpty();
    }

    @Override
    public void failed(Throwable cause) {
        owner.failed(cause);
        end();
    }

    @Override
    public void closed() {
        end();
        owner.closed();
    }

    private void end() {
        receiver.ended();
        gone = true;
        ending = true;
        endStreams("");
    }
}
