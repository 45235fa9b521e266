package io.github.captureproxy.examples;

import io.github.captureproxy.CaptureProxy;
import io.github.captureproxy.examples.desk.Desk;
import io.github.captureproxy.examples.desk.DeskException;
import io.github.captureproxy.spi.ExchangeListener;
import java.io.PrintStream;
import java.net.InetSocketAddress;
import java.net.SocketException;
import java.security.cert.X509Certificate;
import java.time.Duration;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Supplier;

/** A proxy that lists on a stream what passes through it, from its start to the totals at its end. */
final class LiveCapture implements AutoCloseable {
    private final Desk desk;
    private final Optional<Page> page;
    private final Output output;
    private final Optional<Recording> recording;
    private final long start = System.nanoTime();
    private final AtomicBoolean closed = new AtomicBoolean();

    private final Supplier<Optional<TrustAdvice>> advice;

    /** Where to and how it writes, what it counts, and whether it says so at the end. */
    private record Output(PrintStream out, Layout layout, Totals totals, boolean withTotals) {}

    /** What keeps what passes through: the page's database, and a file. */
    private record Keeping(Optional<Page> page, Optional<Recording> recording) {
        static Keeping start(Options options, Machine machine) {
            Optional<Recording> recording = Recording.start(options.record, options.wanted());
            try {
                boolean page = !options.page.noUi && !options.record.hasCommand();
                return new Keeping(page ? Optional.of(Page.open(options.page, machine)) : Optional.empty(), recording);
            } catch (UsageException e) {
                recording.ifPresent(Recording::abandon);
                throw e;
            }
        }

        void abandon() {
            page.ifPresent(Page::close);
            recording.ifPresent(Recording::abandon);
        }
    }

    private LiveCapture(Desk desk, Output output, Keeping keeping, Supplier<Optional<TrustAdvice>> advice) {
        this.desk = desk;
        this.page = keeping.page();
        this.output = output;
        this.recording = keeping.recording();
        this.advice = advice;
    }

    /** Starts the proxy, and says where it is; throws {@link UsageException} where the options don't let it. */
    static LiveCapture start(Options options, Machine machine, PrintStream out, Layout layout) {
        boolean isForCommand = options.record.hasCommand();
        boolean withTotals = !isForCommand || !options.quiet && options.record.file == null;
        Output output = new Output(out, layout, new Totals(), withTotals);
        Keeping keeping = Keeping.start(options, machine);
        LiveCapture capture;
        try {
            capture = start(options, machine, output, keeping);
        } catch (DeskException e) {
            keeping.abandon();
            throw new UsageException(String.valueOf(e.getMessage()));
        }
        if (!isForCommand) { // whose own output comes now
            capture.sayWhere(options);
        }
        return capture;
    }

    private static LiveCapture start(Options options, Machine machine, Output output, Keeping keeping) {
        Lines lines = new Lines(output.layout(), ZoneId.systemDefault());
        List<ExchangeListener> listeners = new ArrayList<>();
        listeners.add(new LiveList(output.out(), lines, options.listed(), output.totals()));
        keeping.page().map(Page::recorder).ifPresent(listeners::add);
        keeping.recording().ifPresent(listeners::add);
        ProxyStarter starter = new ProxyStarter(options, machine, listeners);
        Desk desk = Desk.start(options.settings(), starter);
        keeping.page().ifPresent(page -> page.attach(desk));
        return new LiveCapture(desk, output, keeping, starter::advice);
    }

    private void sayWhere(Options options) {
        Settings settings = new Settings(
                places(desk.proxy().address()), options.user(), options.allow, HomeNetwork.find(), advice.get());
        (options.quiet ? settings.where() : settings.lines()).forEach(output.out()::println);
        page.ifPresent(shown -> shown.announce(output.out()));
        output.out().println();
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

    /** The proxy that runs now. */
    CaptureProxy proxy() {
        return desk.proxy();
    }

    /** The certificate that clients have to trust, if HTTPS is looked into. */
    Optional<X509Certificate> authority() {
        return advice.get().map(given -> given.authority().certificate());
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
        long dropped = desk.proxy().counts().deliveriesDropped();
        if (output.withTotals()) {
            out.println();
            out.println(output.layout().ink(Ink.BOLD, "Totals"));
            output.totals().lines(ran, dropped).forEach(out::println);
        }
        recording.ifPresent(file -> out.println("capture-proxy: " + PlainText.printable(file.end(dropped))));
        out.flush();
    }

    /** Ends the proxy without a word, as what it was started for could not start. */
    void abandon() {
        if (closed.compareAndSet(false, true)) {
            desk.close();
            page.ifPresent(Page::close);
            recording.ifPresent(Recording::abandon);
        }
    }
}
