package io.github.captureproxy.testkit.hops;

import io.github.captureproxy.exchange.Header;
import io.github.captureproxy.exchange.HeaderList;
import io.github.captureproxy.testkit.http2.Http2Frame;
import java.io.ByteArrayOutputStream;
import java.io.EOFException;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.OptionalLong;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/** Either end of a stream. */
abstract class Http2Half implements Half {
    private static final long PATIENCE_SECONDS = 10;

    final Http2Wire wire;
    private final int stream;
    private final BlockingQueue<Http2Event> events = new LinkedBlockingQueue<>();
    private byte[] part = {};
    private int taken;
    private @Nullable Ending ending;
    private volatile boolean reset;

    Http2Half(Http2Wire wire, int stream) {
        this.wire = wire;
        this.stream = stream;
    }

    int stream() {
        return stream;
    }

    /** On the thread that reads the connection. */
    void received(Http2Event event) {
        if (event instanceof Http2Event.Reset) {
            reset = true;
            wire.wake();
        }
        events.add(event);
    }

    boolean wasReset() {
        return reset;
    }

    /** The fields of a message as this version has them: without case. */
    static List<Header> lowered(HeaderList fields) {
        List<Header> lowered = new ArrayList<>();
        fields.forEach(it -> lowered.add(new Header(it.name().toLowerCase(Locale.ROOT), it.value())));
        return lowered;
    }

    static String pseudo(List<Header> fields, String name) {
        return fields.stream()
                .filter(it -> it.name().equals(name))
                .map(Header::value)
                .findFirst()
                .orElse("");
    }

    static HeaderList regular(List<Header> fields) {
        return HeaderList.of(
                fields.stream().filter(it -> !it.name().startsWith(":")).toList());
    }

    private Http2Event next() throws IOException {
        try {
            Http2Event event = events.poll(PATIENCE_SECONDS, TimeUnit.SECONDS);
            if (event == null) {
                throw new IOException("nothing came on stream " + stream);
            }
            return event;
        } catch (InterruptedException e) {
            throw new IOException("interrupted", e);
        }
    }

    /** The next header block that is no trailers. */
    List<Header> block() throws IOException {
        Http2Event event = next();
        if (event instanceof Http2Event.Block block) {
            if (block.ends()) {
                ended(HeaderList.empty(), true, OptionalLong.empty());
            }
            return block.fields();
        }
        throw new IOException("there came no head, but " + event);
    }

    private void ended(HeaderList trailers, boolean whole, OptionalLong code) {
        ending = new Ending(new byte[0], trailers, whole, code);
    }

    @Override
    public void send(byte[] content) throws IOException {
        wire.sendData(stream, content);
    }

    @Override
    public void end(HeaderList trailers) throws IOException {
        if (trailers.isEmpty()) {
            wire.connection.send(Http2Frame.data(stream, Http2Frame.END_STREAM));
        } else {
            wire.sendBlock(stream, lowered(trailers), true);
        }
    }

    @Override
    public void abort(long code) throws IOException {
        wire.connection.send(Http2Frame.frame(Http2Frame.RST_STREAM, 0, stream, Http2Frame.integers((int) code)));
    }

    @Override
    public void breakConnection() throws IOException {
        wire.carrier.reset();
    }

    @Override
    public byte[] read(int count) throws IOException {
        ByteArrayOutputStream content = new ByteArrayOutputStream();
        while (content.size() < count) {
            if (!fill()) {
                throw new EOFException("after " + content.size() + " of " + count + " bytes came " + ending);
            }
            int some = Math.min(count - content.size(), part.length - taken);
            content.write(part, taken, some);
            taken += some;
        }
        return content.toByteArray();
    }

    @Override
    public Ending rest() throws IOException {
        ByteArrayOutputStream content = new ByteArrayOutputStream();
        while (fill()) {
            content.write(part, taken, part.length - taken);
            taken = part.length;
        }
        Ending end = ending;
        if (end == null) {
            throw new IllegalStateException("what has no more content has ended");
        }
        return new Ending(content.toByteArray(), end.trailers(), end.whole(), end.code());
    }

    /** Makes sure that there is content to be taken; false at the end. */
    private boolean fill() throws IOException {
        while (taken == part.length) {
            if (ending != null) {
                return false;
            }
            Http2Event event = next();
            if (event instanceof Http2Event.Data data) {
                take(data);
            } else if (event instanceof Http2Event.Block trailers) {
                ended(regular(trailers.fields()), trailers.ends(), OptionalLong.empty());
            } else if (event instanceof Http2Event.Reset cut) {
                ended(HeaderList.empty(), false, OptionalLong.of(cut.code()));
            } else {
                ended(HeaderList.empty(), false, OptionalLong.empty());
            }
        }
        return true;
    }

    private void take(Http2Event.Data data) throws IOException {
        part = data.content();
        taken = 0;
        if (data.ends()) {
            ended(HeaderList.empty(), true, OptionalLong.empty());
        } else if (part.length > 0) {
            grant();
        }
    }

    /** A connection that has ended meanwhile needs no grant; its end is the next event. */
    private void grant() {
        try {
            wire.connection.send(Http2Frame.windowUpdate(stream, part.length));
        } catch (IOException e) {
            // see above
        }
    }

    @Override
    public OptionalLong awaitAbort() throws IOException {
        while (true) {
            Http2Event event = next();
            if (event instanceof Http2Event.Reset cut) {
                return OptionalLong.of(cut.code());
            } else if (event instanceof Http2Event.Gone) {
                return OptionalLong.empty();
            }
        }
    }
}
