package io.github.captureproxy.examples;

import io.github.captureproxy.examples.desk.Desk;
import io.github.captureproxy.examples.desk.DeskException;
import io.github.captureproxy.spi.ExchangeListener;
import java.io.PrintStream;
import java.net.InetSocketAddress;
import java.net.SocketException;
import java.time.Duration;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicBoolean;

/** A proxy that lists on a stream what passes through it, from its start to the totals at its end. */
final class LiveCapture implements AutoCloseable {
    private final Desk desk;
    private final Optional<Page> page;
    private final Output output;
    private final long start = System.nanoTime();
    private final AtomicBoolean closed = new AtomicBoolean();

    /** Where to and how it writes, and what it counts. */
    private record Output(PrintStream out, Layout layout, Totals totals) {}

    private LiveCapture(Desk desk, Optional<Page> page, Output output) {
        this.desk = desk;
        this.page = page;
        this.output = output;
    }

    /** Starts the proxy, and says where it is; throws {@link UsageException} where the options don't let it. */
    static LiveCapture start(Options options, Machine machine, PrintStream out, Layout layout) {
        return start(options, machine, new Output(out, layout, new Totals()));
    }

    private static LiveCapture start(Options options, Machine machine, Output output) {
        Lines lines = new Lines(output.layout(), ZoneId.systemDefault());
        List<ExchangeListener> listeners = new ArrayList<>();
        listeners.add(new LiveList(output.out(), lines, options.listed(), output.totals()));
        Optional<Page> page = options.page.noUi ? Optional.empty() : Optional.of(Page.open(options.page, machine));
        page.map(Page::recorder).ifPresent(listeners::add);
        ProxyStarter starter = new ProxyStarter(options, machine, listeners);
        Desk desk;
        try {
            desk = Desk.start(options.settings(), starter);
        } catch (DeskException e) {
            page.ifPresent(Page::close);
            throw new UsageException(String.valueOf(e.getMessage()));
        }
        page.ifPresent(shown -> shown.attach(desk));
        Settings settings = new Settings(
                places(desk.proxy().address()),
                options.user(),
                options.allow,
                HomeNetwork.find(),
                starter.advice());
        (options.quiet ? settings.where() : settings.lines()).forEach(output.out()::println);
        page.ifPresent(shown -> shown.announce(output.out()));
        output.out().println();
        return new LiveCapture(desk, page, output);
    }

    private static List<Place> places(InetSocketAddress bound) {
        try {
            return Place.of(bound);
        } catch (SocketException e) { // the interfaces can't be read: what was asked for is known all the same
            return List.of(new Place(IpAddress.text(bound.getAddress()), bound.getPort(), "network"));
        }
    }

    /** The page, unless there is none. */
    Optional<Page> page() {
        return page;
    }

    /** Where it listens. */
    InetSocketAddress address() {
        return desk.proxy().address();
    }

    /** Ends the proxy, lists what was under way as cut short, and writes the totals. A second call does nothing. */
    @Override
    public void close() {
        if (!closed.compareAndSet(false, true)) {
            return;
        }
        Duration ran = Duration.ofNanos(System.nanoTime() - start);
        desk.close();
        page.ifPresent(Page::close);
        PrintStream out = output.out();
        out.println();
        out.println(output.layout().ink(Ink.BOLD, "Totals"));
        output.totals().lines(ran, desk.proxy().counts().deliveriesDropped()).forEach(out::println);
        out.flush();
    }
}
