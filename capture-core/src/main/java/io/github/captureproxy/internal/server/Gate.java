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
import io.github.captureproxy.spi.ClientAccess;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.Optional;
import java.util.Set;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

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
        InetAddress address = client.remoteAddress().getAddress();
        if (context.config().access().clients().test(address)) {
            return Optional.empty();
        }
        Optional<ClientAccess> decider = context.config().access().decider();
        return decider.isPresent()
                ? refusedBy(decider.get(), address, client.localAddress())
                : Optional.of(forbidden("this client's address may not use the proxy"));
    }

    private Optional<Failure> refusedBy(ClientAccess decider, InetAddress client, InetSocketAddress proxy) {
        try {
            return decider.allows(client)
                    ? Optional.empty()
                    : Optional.of(forbidden(decider.refusal(client, OwnPages.authority(proxy))));
        } catch (RuntimeException | Error e) { // the program's own code; whom it can't decide on is not let in
            log().warn("a program's decision on client {} failed", client.getHostAddress(), e);
            return Optional.of(forbidden("whether this client may use the proxy could not be decided"));
        }
    }

    private static Failure forbidden(String detail) {
        return new Failure(403, Status.FORBIDDEN, Side.CLIENT, detail);
    }

    /** What of a connection's refusal holds for the proxy's own pages: one that a program decides on always gets them. */
    Optional<Failure> refusesPages(Optional<Failure> connection) {
        boolean open = context.config().access().decider().isPresent();
        return connection.filter(failure -> !open || failure.status() != Status.FORBIDDEN);
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
        return Optional.of(forbidden("tunnels to port " + port + " are not allowed"));
    }

    /** Looked up only when there is something to say, as SLF4J itself prints at its first use where it has no provider. */
    private static Logger log() {
        return LoggerFactory.getLogger(Gate.class);
    }
}
