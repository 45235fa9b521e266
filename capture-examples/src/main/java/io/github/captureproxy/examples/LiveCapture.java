package io.github.captureproxy.examples;

import io.github.captureproxy.CaptureProxy;
import io.github.captureproxy.InvalidConfigurationException;
import io.github.captureproxy.ProxyStartException;
import java.io.PrintStream;
import java.net.InetSocketAddress;
import java.net.SocketException;
import java.time.Duration;
import java.time.ZoneId;
import java.util.List;
import java.util.concurrent.atomic.AtomicBoolean;

/** A proxy that lists on a stream what passes through it, from its start to the totals at its end. */
final class LiveCapture implements AutoCloseable {
    private final CaptureProxy proxy;
    private final PrintStream out;
    private final Layout layout;
    private final Totals totals;
    private final long start = System.nanoTime();
    private final AtomicBoolean closed = new AtomicBoolean();

    private LiveCapture(CaptureProxy proxy, PrintStream out, Layout layout, Totals totals) {
        this.proxy = proxy;
        this.out = out;
        this.layout = layout;
        this.totals = totals;
    }

    /** Starts the proxy, and says where it is; throws {@link UsageException} where the options don't let it. */
    static LiveCapture start(Options options, PrintStream out, Layout layout) {
        Totals totals = new Totals();
        LiveList list = new LiveList(out, new Lines(layout, ZoneId.systemDefault()), options.listed(), totals);
        CaptureProxy proxy;
        try {
            proxy = options.toBuilder().listener(list).start();
        } catch (InvalidConfigurationException e) {
            throw UsageException.of(e);
        } catch (ProxyStartException e) {
            throw UsageException.of(e);
        }
        Settings settings = new Settings(places(proxy.address()), options.user(), options.allow, HomeNetwork.find());
        (options.quiet ? settings.where() : settings.lines()).forEach(out::println);
        out.println();
        return new LiveCapture(proxy, out, layout, totals);
    }

    private static List<Place> places(InetSocketAddress bound) {
        try {
            return Place.of(bound);
        } catch (SocketException e) { // the interfaces can't be read: what was asked for is known all the same
            return List.of(new Place(IpAddress.text(bound.getAddress()), bound.getPort(), "network"));
        }
    }

    /** Where it listens. */
    InetSocketAddress address() {
        return proxy.address();
    }

    /** Ends the proxy, lists what was under way as cut short, and writes the totals. A second call does nothing. */
    @Override
    public void close() {
        if (!closed.compareAndSet(false, true)) {
            return;
        }
        Duration ran = Duration.ofNanos(System.nanoTime() - start);
        proxy.close();
        out.println();
        out.println(layout.ink(Ink.BOLD, "Totals"));
        totals.lines(ran, proxy.counts().deliveriesDropped()).forEach(out::println);
        out.flush();
    }
}
