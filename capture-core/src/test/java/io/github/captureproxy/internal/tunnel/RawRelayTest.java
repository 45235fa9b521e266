package io.github.captureproxy.internal.tunnel;

import static org.mockito.ArgumentMatchers.any;
import static org.mockito.ArgumentMatchers.anyLong;
import static org.mockito.Mockito.RETURNS_DEEP_STUBS;
import static org.mockito.Mockito.clearInvocations;
import static org.mockito.Mockito.doAnswer;
import static org.mockito.Mockito.mock;
import static org.mockito.Mockito.never;
import static org.mockito.Mockito.verify;
import static org.mockito.Mockito.when;

import io.github.captureproxy.exchange.Outcome.Side;
import io.github.captureproxy.exchange.Outcome.Status;
import io.github.captureproxy.internal.forward.ProxyContext;
import io.github.captureproxy.internal.io.Channel;
import io.github.captureproxy.internal.io.ChannelHandler;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Deque;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Which side's deadline bytes that pass put off, behind the goodbye of both sides. */
class RawRelayTest {
    private static final byte[] NOTHING = {};

    private final ProxyContext context = mock(ProxyContext.class, RETURNS_DEEP_STUBS);
    private final RelayObserver observer = mock(RelayObserver.class);
    private final Deque<ChannelHandler> handlers = new ArrayDeque<>();
    private final Channel client = channel();
    private final Channel target = channel();
    private ChannelHandler atClient;
    private ChannelHandler atTarget;

    private Channel channel() {
        Channel channel = mock(Channel.class);
        doAnswer(call -> handlers.add(call.getArgument(0))).when(channel).handler(any());
        return channel;
    }

    @BeforeEach
    void start() {
        when(context.config().timeouts().tunnelIdle()).thenReturn(Duration.ofHours(1));
        when(observer.saidGoodbye()).thenReturn(true);
        new RawRelay(context, client, target, observer).start(NOTHING, NOTHING);
        atClient = handlers.remove();
        atTarget = handlers.remove();
        verify(client).deadline(anyLong());
        clearInvocations(client, target);
    }

    @Test
    void aTargetThatTakesBytesIsGivenTimeForMoreThoughTheClientHasLeft() throws Exception {
        atClient.closed();
        verify(target).deadline(anyLong());
        clearInvocations(client, target);

        atTarget.writing();
        verify(target).deadline(anyLong());
        verify(client, never()).deadline(anyLong());
        clearInvocations(client, target);

        when(target.isDrained()).thenReturn(true);
        atTarget.drained();
        verify(target).deadline(anyLong());
        verify(observer).ended(Status.COMPLETED, Side.NONE, "");
    }

    @Test
    void aClientThatTakesBytesIsGivenTimeForMoreThoughTheTargetHasLeft() {
        atTarget.closed();
        clearInvocations(client, target);

        atClient.writing();
        verify(client).deadline(anyLong());
        verify(target, never()).deadline(anyLong());
    }

    @Test
    void aTargetThatTakesNoneInTimeIsGivenUp() {
        atClient.closed();
        atTarget.deadlinePassed();
        verify(observer).ended(Status.TIMED_OUT, Side.NONE, "no byte passed within 3600 s");
        verify(target).reset();
    }
}
