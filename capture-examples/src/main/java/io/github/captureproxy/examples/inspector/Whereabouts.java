package io.github.captureproxy.examples.inspector;

import io.github.captureproxy.CaptureProxy;
import io.github.captureproxy.examples.desk.Desk;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/** Where clients reach the proxy that runs now: found again only now and then, as the page asks several times a second. */
final class Whereabouts {
    /** A machine that has changed its network is seen at its new address after so long. */
    private static final long LIFETIME_NANOS = Duration.ofSeconds(10).toNanos();

    private final Desk desk;
    private final ThisMachine machine;
    private volatile @Nullable Found found;

    private record Found(CaptureProxy proxy, ThisMachine.Reach reach, long time) {
        boolean isOf(CaptureProxy asked) {
            return proxy == asked && System.nanoTime() - time < LIFETIME_NANOS;
        }
    }

    Whereabouts(Desk desk, ThisMachine machine) {
        this.desk = desk;
        this.machine = machine;
    }

    Desk desk() {
        return desk;
    }

    ThisMachine.Reach now() {
        CaptureProxy proxy = desk.proxy();
        Found known = found;
        if (known == null || !known.isOf(proxy)) {
            known = new Found(proxy, machine.reach(proxy), System.nanoTime());
            found = known;
        }
        return known.reach();
    }
}
