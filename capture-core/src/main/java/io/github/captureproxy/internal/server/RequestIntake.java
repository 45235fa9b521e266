package io.github.captureproxy.internal.server;

import io.github.captureproxy.exchange.CapturedRequest;
import io.github.captureproxy.exchange.Outcome.Side;
import io.github.captureproxy.exchange.Outcome.Status;
import io.github.captureproxy.internal.forward.Destination;
import io.github.captureproxy.internal.forward.Failure;
import io.github.captureproxy.internal.forward.OutgoingRequest;
import io.github.captureproxy.internal.io.Channel;
import io.github.captureproxy.internal.record.ExchangeRecorder;
import io.github.captureproxy.internal.wire.RequestHead;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Finds out what is to be done with a request, whichever version of HTTP it came in. Safe for any thread. */
final class RequestIntake {
    private final ServerContext server;

    RequestIntake(ServerContext server) {
        this.server = server;
    }

    /** What is to be done. */
    sealed interface Step {
        /** The request, as it is recorded. */
        CapturedRequest captured();

        /** It is sent on. */
        record Forward(CapturedRequest captured, Destination destination) implements Step {}

        /** A tunnel is opened. */
        record Tunnel(CapturedRequest captured, Destination destination) implements Step {}

        /** The proxy says that something is wrong with it. */
        record Refuse(CapturedRequest captured, Failure failure) implements Step {}

        /** The proxy answers, as the request is meant for itself or ends here. */
        record Answer(CapturedRequest captured, OwnResponse response) implements Step {}
    }

    /**
     * Judges a request.
     *
     * @param plan what its head says
     * @param within what its connection is inside of; null if it stands alone
     * @param channel the client's connection
     */
    Step judge(RequestPlan plan, @Nullable Inside within, Channel channel) {
        RequestHead head = plan.head();
        if (within == null ? server.ownPages().isFor(plan, channel) : within.destination() == null) {
            return page(plan, within != null && !within.isPlain(), channel);
        }
        Destination destination;
        try {
            destination = within == null ? server.destinations().of(plan) : within.destination();
        } catch (RuntimeException e) { // a selector that the program brought: the exchange tells of it
            return new Step.Refuse(
                    ExchangeRecorder.captured(head, plan.origin(), head.version()),
                    new Failure(
                            502,
                            Status.INTERNAL_ERROR,
                            Side.PROXY,
                            "no upstream proxy could be picked for this target"));
        }
        CapturedRequest captured = ExchangeRecorder.captured(
                head, destination == null ? plan.origin() : destination.origin(), head.version());
        RequestRouter.Decision decision = within == null
                ? server.router().decide(plan, destination, channel)
                : server.router().decideInside(plan, destination);
        if (decision instanceof RequestRouter.Decision.Forward forward) {
            return new Step.Forward(captured, forward.destination());
        }
        if (decision instanceof RequestRouter.Decision.Tunnel opening) {
            return new Step.Tunnel(captured, opening.destination());
        }
        return decision instanceof RequestRouter.Decision.Refuse refused
                ? new Step.Refuse(captured, refused.failure())
                : new Step.Answer(captured, OwnResponse.asOrigin(head));
    }

    /** What is meant for the proxy itself needs no credentials: whoever may connect may see how to set a client up. */
    private Step page(RequestPlan plan, boolean secure, Channel channel) {
        CapturedRequest captured = ExchangeRecorder.captured(
                plan.head(),
                server.ownPages().origin(plan, channel, secure),
                plan.head().version());
        Optional<Failure> refusal = secure ? Optional.empty() : server.router().refusesConnection(channel);
        return refusal.isPresent()
                ? new Step.Refuse(captured, refusal.get())
                : new Step.Answer(captured, server.ownPages().answer(plan, channel, secure));
    }

    /** A request that is sent on. */
    OutgoingRequest outgoing(
            RequestPlan plan, Destination destination, @Nullable Inside within, ExchangeRecorder recorder) {
        return new OutgoingRequest(
                new OutgoingRequest.Message(plan.head(), plan.target(), plan.hopByHop()),
                plan.framing(),
                destination,
                within == null
                        ? plan.rewriter(
                                destination,
                                server.isReverse(),
                                server.proxy().config().routing())
                        : plan.rewriterInTunnel(
                                destination, server.proxy().config().routing()),
                recorder);
    }
}
