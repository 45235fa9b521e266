package io.github.captureproxy.internal.tunnel;

import io.github.captureproxy.exchange.Outcome;
import io.github.captureproxy.internal.forward.ClientSide;
import io.github.captureproxy.internal.forward.OriginConnection;
import io.github.captureproxy.internal.forward.ProxyContext;
import io.github.captureproxy.internal.io.Channel;
import io.github.captureproxy.internal.record.ExchangeRecorder;
import io.github.captureproxy.internal.wire.FieldName;
import io.github.captureproxy.internal.wire.ResponseHead;
import java.io.IOException;
import java.nio.ByteBuffer;
import org.jspecify.annotations.Nullable;

/** What is left of an exchange once a 101 response has ended HTTP: a raw relay, watched where it is WebSocket. */
public final class UpgradedConnection implements RelayObserver {
    private final ProxyContext context;
    private final ExchangeRecorder recorder;
    private final OriginConnection origin;
    private final ConnectTunnel.InsideEnd ended;
    private final @Nullable WebSocketWatch watch;

    /**
     * Reads what the connection was upgraded to.
     *
     * @param context what all connections share
     * @param recorder records the exchange, and is told of its end
     * @param head the 101's head
     * @param origin the origin's connection
     * @param ended told when both connections are closed
     */
    public UpgradedConnection(
            ProxyContext context,
            ExchangeRecorder recorder,
            ResponseHead head,
            OriginConnection origin,
            ConnectTunnel.InsideEnd ended) {
        this.context = context;
        this.recorder = recorder;
        this.origin = origin;
        this.ended = ended;
        int upgrade = head.fields().indexOf(FieldName.UPGRADE);
        String protocol = upgrade < 0 ? "unknown" : head.fields().value(upgrade);
        this.watch = protocol.equalsIgnoreCase("websocket") ? new WebSocketWatch(recorder, head) : null;
        recorder.upgraded(protocol);
        context.counters().openTunnels.incrementAndGet();
    }

    /**
     * Takes both connections over.
     *
     * @param client the client's connection
     * @param fromClient what it has sent behind its request
     * @param toSend the 101, and what the origin has sent behind it
     */
    public void start(Channel client, byte[] fromClient, ClientSide.Switch toSend) {
        RawRelay relay = new RawRelay(context, client, origin.channel(), this);
        try {
            client.send(toSend.response());
        } catch (IOException e) {
            relay.clientBroke();
            return;
        }
        relay.start(fromClient, toSend.early());
    }

    @Override
    public void sent(ByteBuffer buffer, int from, int length) {
        if (watch != null) {
            watch.sent(buffer, from, length);
        }
    }

    @Override
    public void received(ByteBuffer buffer, int from, int length) {
        if (watch != null) {
            watch.received(buffer, from, length);
        }
    }

    @Override
    public boolean saidGoodbye() {
        return watch != null && watch.isClosed();
    }

    @Override
    public void ended(Outcome.Status status, Outcome.Side side, String detail) {
        context.counters().openTunnels.decrementAndGet();
        origin.forgetSocket();
        String problem = "";
        if (watch != null) {
            watch.close();
            problem = watch.problem();
        }
        if (status == Outcome.Status.COMPLETED || saidGoodbye()) {
            recorder.end(Outcome.Status.UPGRADED, Outcome.Side.NONE, problem);
        } else {
            recorder.end(status, side, detail);
        }
        ended.ended(status, side, detail);
    }
}
