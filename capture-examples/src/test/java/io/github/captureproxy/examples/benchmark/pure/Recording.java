package io.github.captureproxy.examples.benchmark.pure;

import io.github.captureproxy.exchange.ClientInfo;
import io.github.captureproxy.exchange.Exchange;
import io.github.captureproxy.exchange.HttpOrigin;
import io.github.captureproxy.exchange.Outcome;
import io.github.captureproxy.exchange.Route;
import io.github.captureproxy.history.ExchangeFilter;
import io.github.captureproxy.history.History;
import io.github.captureproxy.history.HistoryLimits;
import io.github.captureproxy.internal.record.BodyBudget;
import io.github.captureproxy.internal.record.BodyPolicy;
import io.github.captureproxy.internal.record.ExchangeRecorder;
import io.github.captureproxy.internal.wire.Fields;
import io.github.captureproxy.internal.wire.Framing;
import io.github.captureproxy.internal.wire.HeadParser;
import io.github.captureproxy.internal.wire.MalformedMessageException;
import io.github.captureproxy.internal.wire.RequestHead;
import io.github.captureproxy.internal.wire.ResponseHead;
import io.github.captureproxy.spi.BodySelector;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.ByteBuffer;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;

/** From the events of one exchange to its place in History, where it pushes an older one out. */
@State(Scope.Thread)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
public class Recording {
    private static final long MIB = 1 << 20;
    private static final int READ_BYTES = 16 * 1024;

    private final History history =
            History.withLimits(HistoryLimits.defaults().withMaxExchanges(1_000).withMaxBytes(64 * MIB));
    private final ExchangeRecorder.Recording shared = new ExchangeRecorder.Recording(
            new HistorySink(history),
            new BodyPolicy(
                    BodySelector.all(), new BodyPolicy.Limits(8 * MIB, MIB, false), new BodyBudget(64 * MIB), null),
            1);
    private final InetSocketAddress address = new InetSocketAddress(InetAddress.getLoopbackAddress(), 80);
    private final ClientInfo client = new ClientInfo(address, 1, "default", Optional.empty());
    private final HttpOrigin origin = new HttpOrigin("http", "shop.example", 80);
    private final ByteBuffer read = ByteBuffer.allocateDirect(READ_BYTES);
    private long id;

    /** The size of the response's body. */
    @Param({"1024", "102400"})
    public int bodyBytes;

    private RequestHead request;
    private ResponseHead response;

    /** Reads the heads, which is measured elsewhere. */
    @Setup
    public void readHeads() throws MalformedMessageException {
        request = HeadParser.request(Heads.REQUEST, Heads.MAX_FIELDS);
        response = HeadParser.response(Heads.RESPONSE, Heads.MAX_FIELDS);
    }

    /** A GET and its response, which comes in a few reads and is like none before. */
    @Benchmark
    public Exchange exchange() {
        ExchangeRecorder recorder =
                new ExchangeRecorder(shared, ++id, client, null, ExchangeRecorder.captured(request, origin));
        recorder.requestStarted(request.bytes().length, Framing.NONE);
        recorder.requestEnded(Fields.NONE);
        recorder.connected(Route.NONE, address, null);
        recorder.requestSent();
        recorder.responseStarted(response, Framing.length(bodyBytes));
        read.putLong(0, id);
        for (int left = bodyBytes; left > 0; left -= READ_BYTES) {
            recorder.responseData(read, 0, Math.min(left, READ_BYTES));
        }
        recorder.responseEnded(Fields.NONE);
        recorder.end(Outcome.Status.COMPLETED, Outcome.Side.NONE, "");
        return history.last(ExchangeFilter.any()).orElseThrow();
    }
}
