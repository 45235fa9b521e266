package io.github.captureproxy.examples;

import io.github.captureproxy.CaptureProxy;
import io.github.captureproxy.CaptureProxyBuilder;
import io.github.captureproxy.InvalidConfigurationException;
import io.github.captureproxy.ProxyStartException;
import java.io.PrintStream;
import java.net.InetSocketAddress;
import java.net.SocketException;
import java.time.Duration;
import java.time.ZoneId;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicBoolean;

/** A proxy that lists on a stream what passes through it, from its start to the totals at its end. */
final class LiveCapture implements AutoCloseable {
    private final CaptureProxy proxy;
    private final Optional<HttpsSetup> https;
    private final Output output;
    private final long start = System.nanoTime();
    private final AtomicBoolean closed = new AtomicBoolean();

    /** Where to and how it writes, and what it counts. */
    private record Output(PrintStream out, Layout layout, Totals totals) {}

    private LiveCapture(CaptureProxy proxy, Optional<HttpsSetup> https, Output output) {
        this.proxy = proxy;
        this.https = https;
        this.output = output;
    }

    /** Starts the proxy, and says where it is; throws {@link UsageException} where the options don't let it. */
    static LiveCapture start(Options options, Machine machine, PrintStream out, Layout layout) {
        Output output = new Output(out, layout, new Totals());
        CaptureProxyBuilder builder = options.toBuilder()
                .listener(new LiveList(
                        out, new Lines(layout, ZoneId.systemDefault()), options.listed(), output.totals()));
        Optional<HttpsSetup> https =
                options.https.isOn() ? Optional.of(HttpsSetup.of(options.https, machine)) : Optional.empty();
        https.ifPresent(setup -> setup.addTo(builder));
        CaptureProxy proxy;
        try {
            proxy = builder.start();
        } catch (InvalidConfigurationException e) {
            https.ifPresent(HttpsSetup::close);
            throw UsageException.of(e);
        } catch (ProxyStartException e) {
            https.ifPresent(HttpsSetup::close);
            throw UsageException.of(e);
        }
        Settings settings = new Settings(
                places(proxy.address()),
                options.user(),
                options.allow,
                HomeNetwork.find(),
                https.map(HttpsSetup::advice));
        (options.quiet ? settings.where() : settings.lines()).forEach(out::println);
        out.println();
        return new LiveCapture(proxy, https, output);
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
        https.ifPresent(HttpsSetup::close);
        PrintStream out = output.out();
        out.println();
        out.println(output.layout().ink(Ink.BOLD, "Totals"));
        output.totals().lines(ran, proxy.counts().deliveriesDropped()).forEach(out::println);
        out.flush();
    }
}
