package io.github.captureproxy.internal.server;

import io.github.captureproxy.exchange.CapturedRequest;
import io.github.captureproxy.exchange.HttpOrigin;
import io.github.captureproxy.exchange.Outcome.Side;
import io.github.captureproxy.exchange.Outcome.Status;
import io.github.captureproxy.internal.config.Routing;
import io.github.captureproxy.internal.forward.Destination;
import io.github.captureproxy.internal.forward.Failure;
import io.github.captureproxy.internal.forward.OutgoingRequest;
import io.github.captureproxy.internal.forward.ReverseTls;
import io.github.captureproxy.internal.forward.RuledRequest;
import io.github.captureproxy.internal.io.Channel;
import io.github.captureproxy.internal.record.ExchangeRecorder;
import io.github.captureproxy.internal.rules.RuleSet;
import io.github.captureproxy.internal.wire.MalformedMessageException;
import io.github.captureproxy.internal.wire.RequestHead;
import io.github.captureproxy.internal.wire.RequestRewriter;
import io.github.captureproxy.internal.wire.RequestTarget;
import io.github.captureproxy.rules.RuleAction;
import io.github.captureproxy.rules.TrafficRule;
import java.net.InetSocketAddress;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Finds out what is to be done with a request, whichever version of HTTP it came in. Safe for any thread. */
final class RequestIntake {
    private final ServerContext server;
    private final RuleSet rules;

    RequestIntake(ServerContext server) {
        this.server = server;
        this.rules = server.proxy().rules();
    }

    /** What is to be done. */
    sealed interface Step {
        /** The request, as it is recorded. */
        CapturedRequest captured();

        /** It is sent on. */
        record Forward(CapturedRequest captured, Destination destination) implements Step {}

        /** Rules may have a say; if not, it is sent on, or is refused where it names no origin. */
        record Ruled(
                CapturedRequest captured,
                Destination destination,
                List<TrafficRule> candidates,
                @Nullable Failure reachesNothing)
                implements Step {}

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
        if (within == null && !rules.isEmpty() && isForServer(plan) && mayHaveRules(channel)) {
            Step step = asOrigin(plan, channel);
            if (step != null) {
                return step;
            }
        }
        if (within == null ? server.ownPages().isFor(plan, channel) : within.destination() == null) {
            return page(plan, within, channel);
        }
        Destination destination;
        try {
            destination = within == null ? server.destinations().of(plan) : within.destination();
        } catch (RuntimeException | Error e) { // a selector that the program brought: the exchange tells of it
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
                : server.router().decideInside(plan, destination, channel);
        if (decision instanceof RequestRouter.Decision.Forward forward) {
            List<TrafficRule> candidates = rules.isEmpty() ? List.of() : rules.candidates(captured);
            return candidates.isEmpty()
                    ? new Step.Forward(captured, forward.destination())
                    : new Step.Ruled(captured, forward.destination(), candidates, null);
        }
        if (decision instanceof RequestRouter.Decision.Tunnel opening) {
            return new Step.Tunnel(captured, opening.destination());
        }
        return decision instanceof RequestRouter.Decision.Refuse refused
                ? new Step.Refuse(captured, refused.failure())
                : new Step.Answer(captured, OwnResponse.asOrigin(head));
    }

    /** It names no origin, as a server is asked: the rules may answer it as one. */
    private boolean isForServer(RequestPlan plan) {
        return !server.isReverse() && plan.target().form() == RequestTarget.Form.ORIGIN;
    }

    /** A client that may see the proxy's own pages alone gets those, whatever rules there are. */
    private boolean mayHaveRules(Channel channel) {
        return server.router().refusesConnection(channel).isEmpty();
    }

    /** What rules make of a request that a server is asked; null if none is for it. */
    private @Nullable Step asOrigin(RequestPlan plan, Channel channel) {
        InetSocketAddress local = channel.localAddress();
        HttpOrigin origin = new HttpOrigin("http", local.getAddress().getHostAddress(), local.getPort());
        CapturedRequest captured =
                ExchangeRecorder.captured(plan.head(), origin, plan.head().version());
        List<TrafficRule> candidates = rules.candidates(captured);
        if (candidates.isEmpty()) {
            return null;
        }
        RequestRouter.Decision decision = server.router().decide(plan, null, channel);
        return decision instanceof RequestRouter.Decision.Refuse refused
                        && refused.failure().status() == Status.MALFORMED_REQUEST
                ? new Step.Ruled(captured, Destination.of(origin, Optional.empty()), candidates, refused.failure())
                : decision instanceof RequestRouter.Decision.Refuse refused
                        ? new Step.Refuse(captured, refused.failure())
                        : null;
    }

    /** A request that rules may have a say in, as they see it. */
    RuledRequest ruled(RequestPlan plan, Step.Ruled step, @Nullable Inside within) {
        return new RuledRequest(
                step.candidates(),
                plan.head(),
                step.captured(),
                (head, ended, redirect, recorder) -> {
                    RequestPlan changed = RequestPlan.of(head, ended);
                    Destination to = redirect == null ? step.destination() : elsewhere(redirect);
                    return redirect == null
                            ? outgoing(changed, speaking(head, to), within, recorder)
                            : outgoing(changed, speaking(head, to), changed.rewriter(to, true, routing()), recorder);
                },
                step.reachesNothing());
    }

    /** The program that brought the rule chose it, and not the client. */
    private Destination elsewhere(RuleAction.Redirect redirect) throws MalformedMessageException {
        HttpOrigin origin = redirect.origin();
        try {
            Destination to =
                    Destination.of(origin, routing().upstream().select(origin)).asConfigured();
            return redirect.tls()
                    .map(tls -> to.insideTls(new ReverseTls(origin, tls)))
                    .orElse(to);
        } catch (RuntimeException | Error e) { // a selector that the program brought: the exchange tells of it
            throw new MalformedMessageException(502, "no upstream proxy could be picked for the rule's origin");
        }
    }

    /** Where TLS tells what the origin speaks, that is known; a plain one may speak what its client does. */
    static Destination speaking(RequestHead head, Destination to) {
        return head.isHttp2() && to.tls() == null && !to.isForwardedByUpstream() ? to.speaking(true) : to;
    }

    /** The request as the client sends it, whose content is handed on without framing. */
    OutgoingRequest incoming(RequestPlan plan, Step.Ruled step, @Nullable Inside within, ExchangeRecorder recorder) {
        HttpOrigin origin = step.destination().origin();
        return outgoing(plan, Destination.of(origin, Optional.empty()).speaking(true), within, recorder);
    }

    private Routing routing() {
        return server.proxy().config().routing();
    }

    /** What is meant for the proxy itself needs no credentials: whoever may connect may see how to set a client up. */
    private Step page(RequestPlan plan, @Nullable Inside within, Channel channel) {
        boolean secure = within != null && !within.isPlain();
        HttpOrigin origin = server.ownPages().origin(plan, channel, within);
        CapturedRequest captured =
                ExchangeRecorder.captured(plan.head(), origin, plan.head().version());
        Optional<Failure> connection = server.router().refusesConnection(channel);
        Optional<Failure> refusal = secure ? Optional.empty() : server.router().refusesPages(connection);
        if (refusal.isPresent()) {
            return new Step.Refuse(captured, refusal.get());
        }
        OwnPages.Visit visit = new OwnPages.Visit(captured, secure, connection.isEmpty());
        Optional<TrafficRule> source = server.ownPages().ofProgram(plan, visit, channel);
        if (within != null || origin == null || source.isEmpty()) {
            return new Step.Answer(captured, server.ownPages().answer(plan, visit, channel));
        }
        return OwnPages.isShort(plan.framing())
                ? new Step.Ruled(
                        captured, Destination.of(origin, Optional.empty()), List.of(source.get()), OwnPages.NOT_FOUND)
                : new Step.Refuse(captured, OwnPages.TOO_LONG);
    }

    /** A request that is sent on. */
    OutgoingRequest outgoing(
            RequestPlan plan, Destination destination, @Nullable Inside within, ExchangeRecorder recorder) {
        RequestRewriter rewriter = within == null
                ? plan.rewriter(destination, server.isReverse(), routing())
                : plan.rewriterInTunnel(destination, routing());
        return outgoing(plan, destination, rewriter, recorder);
    }

    private static OutgoingRequest outgoing(
            RequestPlan plan, Destination destination, RequestRewriter rewriter, ExchangeRecorder recorder) {
        return new OutgoingRequest(
                new OutgoingRequest.Message(plan.head(), plan.target(), plan.hopByHop()),
                plan.framing(),
                destination,
                rewriter,
                recorder);
    }
}
