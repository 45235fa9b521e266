package io.github.captureproxy.internal.server;

import io.github.captureproxy.exchange.Outcome.Side;
import io.github.captureproxy.exchange.Outcome.Status;
import io.github.captureproxy.internal.config.ProxyCredentials;
import io.github.captureproxy.internal.forward.Failure;
import io.github.captureproxy.internal.forward.ProxyContext;
import io.github.captureproxy.internal.io.Channel;
import io.github.captureproxy.internal.wire.FieldName;
import io.github.captureproxy.internal.wire.Fields;
import io.github.captureproxy.internal.wire.RequestHead;
import java.util.Optional;
import java.util.Set;

/** Decides whether a client may use the proxy at all. */
final class Gate {
    private final ProxyContext context;

    Gate(ProxyContext context) {
        this.context = context;
    }

    /** Judges the connection that a request came on. */
    Optional<Failure> refusesConnection(Channel client) {
        if (context.dialer().isOwn(client)) {
            return Optional.of(new Failure(502, Status.LOOP, Side.PROXY, "the proxy was sent to itself"));
        }
        if (!context.config().access().clients().test(client.remoteAddress().getAddress())) {
            return Optional.of(
                    new Failure(403, Status.FORBIDDEN, Side.CLIENT, "this client's address may not use the proxy"));
        }
        return Optional.empty();
    }

    /** The credentials that a request must have are missing or wrong. */
    Optional<Failure> refusesCredentials(RequestHead head) {
        Optional<ProxyCredentials> wanted = context.config().access().credentials();
        if (wanted.isEmpty() || hasCredentials(head.fields(), wanted.get())) {
            return Optional.empty();
        }
        return Optional.of(
                new Failure(407, Status.FORBIDDEN, Side.CLIENT, "the proxy asks for a user name and a password"));
    }

    private static boolean hasCredentials(Fields fields, ProxyCredentials wanted) {
        int field = fields.indexOf(FieldName.PROXY_AUTHORIZATION);
        boolean single = field >= 0 && fields.indexOf(FieldName.PROXY_AUTHORIZATION, field + 1) < 0;
        return single && wanted.matches(fields.value(field));
    }

    /** The user name that clients have to prove, if they have to. */
    Optional<String> user() {
        return context.config().access().credentials().map(ProxyCredentials::user);
    }

    /** CONNECT to this port is not allowed. */
    Optional<Failure> refusesTunnel(int port) {
        Set<Integer> ports = context.config().access().connectPorts();
        if (ports.isEmpty() || ports.contains(port)) {
            return Optional.empty();
        }
        return Optional.of(
                new Failure(403, Status.FORBIDDEN, Side.CLIENT, "tunnels to port " + port + " are not allowed"));
    }
}
