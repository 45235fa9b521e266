package io.github.captureproxy.internal.server;

import io.github.captureproxy.exchange.ClientInfo;
import io.github.captureproxy.exchange.Outcome.Side;
import io.github.captureproxy.exchange.Outcome.Status;
import io.github.captureproxy.internal.forward.Destination;
import io.github.captureproxy.internal.forward.Failure;
import io.github.captureproxy.internal.io.Channel;
import io.github.captureproxy.internal.wire.RequestHead;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Decides what is to be done with a request. */
final class RequestRouter {
    private final Gate gate;
    private final boolean reverse;

    /** Decides by what the gate says; all requests go to one origin if it is a reverse proxy. */
    RequestRouter(Gate gate, boolean reverse) {
        this.gate = gate;
        this.reverse = reverse;
    }

    /** What is to be done with a request. */
    sealed interface Decision {
        /** It is sent on. */
        record Forward(Destination destination) implements Decision {}

        /** A tunnel is opened. */
        record Tunnel(Destination destination) implements Decision {}

        /** It ends at the proxy, which answers it as its origin would. */
        record Answer() implements Decision {}

        /** It is refused. */
        record Refuse(Failure failure) implements Decision {}
    }

    /**
     * Decides on a request that came on a connection of its own.
     *
     * @param plan what its head says
     * @param destination where it goes; null if it names no origin
     * @param client where it came from
     */
    Decision decide(RequestPlan plan, @Nullable Destination destination, Channel client) {
        Optional<Failure> refusal = gate.refusesConnection(client).or(() -> gate.refusesCredentials(plan.head()));
        if (refusal.isPresent()) {
            return new Decision.Refuse(refusal.get());
        }
        if (plan.endsHere()) {
            return new Decision.Answer();
        }
        if (!plan.isConnect() || destination == null) {
            return byTarget(plan, destination);
        }
        if (reverse) { // whoever may reach the one origin is not by that allowed to reach all others
            return refuse(501, "this is a reverse proxy: tunnels cannot be opened here");
        }
        Optional<Failure> closedPort = gate.refusesTunnel(plan.target().port());
        return closedPort.isPresent() ? new Decision.Refuse(closedPort.get()) : new Decision.Tunnel(destination);
    }

    /** Judges a request for the proxy's own pages, by what was made of its connection. */
    Optional<Failure> refusesPages(Optional<Failure> connection) {
        return gate.refusesPages(connection);
    }

    /** Judges the connection alone. */
    Optional<Failure> refusesConnection(Channel client) {
        return gate.refusesConnection(client);
    }

    /** The client with the user name that its request proves, if clients have to. */
    ClientInfo identified(ClientInfo client, RequestHead head) {
        Optional<String> user =
                gate.user().filter(name -> gate.refusesCredentials(head).isEmpty());
        return user.equals(client.user()) ? client : client.withUser(user.orElse(null));
    }

    /**
     * Decides on a request inside a tunnel, whose CONNECT has been decided on; its client may have been taken back since.
     *
     * @param plan what its head says
     * @param destination where it goes; null if it names no origin
     * @param client where it came from
     */
    Decision decideInside(RequestPlan plan, @Nullable Destination destination, Channel client) {
        Optional<Failure> refusal = gate.refusesConnection(client);
        return refusal.isPresent() ? new Decision.Refuse(refusal.get()) : byTarget(plan, destination);
    }

    private Decision byTarget(RequestPlan plan, @Nullable Destination destination) {
        if (destination == null && plan.isForServer()) {
            return new Decision.Answer();
        }
        if (destination == null) {
            return refuse(400, "this is a proxy: set it as the proxy of your client instead of sending requests to it");
        }
        if (plan.isConnect()) {
            return refuse(501, "a tunnel cannot be opened here");
        }
        return destination.origin().scheme().equals("http") || destination.tls() != null
                ? new Decision.Forward(destination)
                : refuse(501, "this scheme is not forwarded: use CONNECT for https");
    }

    private static Decision refuse(int httpStatus, String detail) {
        return new Decision.Refuse(new Failure(httpStatus, Status.MALFORMED_REQUEST, Side.CLIENT, detail));
    }
}
