package io.github.captureproxy.internal.server;

import io.github.captureproxy.exchange.Outcome.Side;
import io.github.captureproxy.exchange.Outcome.Status;
import io.github.captureproxy.internal.config.Access;
import io.github.captureproxy.internal.config.LocalTargets;
import io.github.captureproxy.internal.forward.AddressPolicy;
import io.github.captureproxy.internal.forward.Failure;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Predicate;
import org.slf4j.LoggerFactory;

/**
 * Keeps the proxy from connecting to itself, all clients from what the program refuses, and clients on other machines from
 * this machine's own services.
 */
final class TargetGuard implements AddressPolicy {
    private final boolean localTargets;
    private final LocalTargets local = LocalTargets.ofThisMachine();
    private final List<InetSocketAddress> listening = new CopyOnWriteArrayList<>();
    private final List<InetSocketAddress> refused;
    private final Predicate<InetSocketAddress> refusedBesides;

    TargetGuard(Access access) {
        this.localTargets = access.localTargets();
        this.refused = access.refusedTargets();
        this.refusedBesides = access.refusedBesides();
    }

    /** The proxy listens there. */
    void listens(InetSocketAddress address) {
        listening.add(address);
    }

    @Override
    public Optional<Failure> refuses(InetSocketAddress target, Client client, boolean configured) {
        if (isListener(target)) {
            return Optional.of(new Failure(502, Status.LOOP, Side.PROXY, "the target is this proxy itself"));
        }
        if (isRefused(target) || isRefusedBesides(target)) {
            return Optional.of(new Failure(
                    403, Status.FORBIDDEN, Side.CLIENT, "the target is an address that this proxy leads nobody to"));
        }
        boolean allowed = configured || localTargets || isHere(client) || !local.contains(target.getAddress());
        return allowed
                ? Optional.empty()
                : Optional.of(new Failure(
                        403, Status.FORBIDDEN, Side.CLIENT, "the target is an address of the proxy's own machine"));
    }

    private boolean isHere(Client client) {
        return local.isLocalClient(client.address().getAddress()) && !client.fromElsewhere();
    }

    private boolean isRefused(InetSocketAddress target) {
        for (InetSocketAddress address : refused) {
            if (address.getPort() == target.getPort()
                    && (address.getAddress().equals(target.getAddress())
                            || isThisMachine(address.getAddress()) && isThisMachine(target.getAddress())
                            || address.getAddress().isAnyLocalAddress() && local.isLocalClient(target.getAddress()))) {
                return true;
            }
        }
        return false;
    }

    private boolean isRefusedBesides(InetSocketAddress target) {
        try {
            return refusedBesides.test(target);
        } catch (RuntimeException | Error e) { // the program's own code; where it can't tell, nobody gets there
            LoggerFactory.getLogger(TargetGuard.class).warn("a program's decision on target {} failed", target, e);
            return true;
        }
    }

    /** The loopback has many addresses, and the unspecified one leads there, too. */
    private static boolean isThisMachine(InetAddress address) {
        return address.isLoopbackAddress() || address.isAnyLocalAddress();
    }

    private boolean isListener(InetSocketAddress target) {
        for (InetSocketAddress own : listening) {
            boolean sameAddress = own.getAddress().equals(target.getAddress())
                    || own.getAddress().isAnyLocalAddress()
                            && (local.isLocalClient(target.getAddress())
                                    || target.getAddress().isAnyLocalAddress())
                    || target.getAddress().isAnyLocalAddress();
            if (own.getPort() == target.getPort() && sameAddress) {
                return true;
            }
        }
        return false;
    }
}
