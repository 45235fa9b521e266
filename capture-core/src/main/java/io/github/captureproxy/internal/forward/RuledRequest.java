package io.github.captureproxy.internal.forward;

import io.github.captureproxy.exchange.CapturedRequest;
import io.github.captureproxy.internal.record.ExchangeRecorder;
import io.github.captureproxy.internal.wire.MalformedMessageException;
import io.github.captureproxy.internal.wire.RequestHead;
import io.github.captureproxy.rules.RuleAction;
import io.github.captureproxy.rules.TrafficRule;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A request that rules may be for.
 *
 * @param candidates those rules, in order
 * @param head its head
 * @param captured the same as it is recorded
 * @param sender makes of it what is sent on
 * @param reachesNothing what it gets if no rule sees to it, as it names no origin; null if it does name one
 */
public record RuledRequest(
        List<TrafficRule> candidates,
        RequestHead head,
        CapturedRequest captured,
        Sender sender,
        @Nullable Failure reachesNothing) {

    /** Makes requests to send on. */
    public interface Sender {
        /**
         * Makes a request.
         *
         * @param head its head
         * @param ended true if it has no content
         * @param redirect the origin that it goes to in place of its own; null for that
         * @param recorder records it
         * @return the request, whose content comes without framing
         * @throws MalformedMessageException if the head breaks a rule of HTTP
         */
        OutgoingRequest outgoing(
                RequestHead head, boolean ended, RuleAction.@Nullable Redirect redirect, ExchangeRecorder recorder)
                throws MalformedMessageException;
    }
}
