package io.github.captureproxy.examples.benchmark.pure;

import io.github.captureproxy.internal.wire.HeadParser;
import io.github.captureproxy.internal.wire.HeadScanner;
import io.github.captureproxy.internal.wire.MalformedMessageException;
import io.github.captureproxy.internal.wire.RequestHead;
import io.github.captureproxy.internal.wire.ResponseHead;
import java.nio.ByteBuffer;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.State;

/** Finding the end of a head in a direct buffer, and reading the head. */
@State(Scope.Thread)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
public class HeadParsing {
    private final HeadScanner scanner = new HeadScanner();
    private final ByteBuffer request = direct(Heads.REQUEST);
    private final ByteBuffer response = direct(Heads.RESPONSE);

    /** A browser's request. */
    @Benchmark
    public RequestHead request() throws MalformedMessageException {
        return HeadParser.request(head(request), Heads.MAX_FIELDS);
    }

    /** A server's response. */
    @Benchmark
    public ResponseHead response() throws MalformedMessageException {
        return HeadParser.response(head(response), Heads.MAX_FIELDS);
    }

    private byte[] head(ByteBuffer buffer) throws MalformedMessageException {
        byte[] head = new byte[scanner.scan(buffer, 0, buffer.limit())];
        scanner.reset();
        buffer.get(0, head);
        return head;
    }

    private static ByteBuffer direct(byte[] bytes) {
        return ByteBuffer.allocateDirect(bytes.length).put(bytes).flip();
    }
}
