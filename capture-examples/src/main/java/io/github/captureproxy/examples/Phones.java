package io.github.captureproxy.examples;

import io.github.captureproxy.CaptureProxy;
import io.github.captureproxy.CaptureProxyBuilder;
import java.io.PrintStream;
import java.net.InetSocketAddress;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** What the command line wants of phones and other devices: those of the network, and one on a cable. */
final class Phones implements AutoCloseable {
    private final Options options;
    private final Machine machine;
    private final Optional<LanSetup> lan;
    private final PrintStream out;
    private volatile Optional<AndroidLink> android = Optional.empty();
    private volatile boolean haveListened;

    private Phones(Options options, Machine machine, Optional<LanSetup> lan, PrintStream out) {
        this.options = options;
        this.machine = machine;
        this.lan = lan;
        this.out = out;
    }

    /** Prepares it; throws {@link UsageException} where the options don't let it. */
    static Phones of(Options options, Machine machine, PrintStream out, Layout layout) {
        Optional<LanSetup> lan = options.lan.lan
                ? Optional.of(LanSetup.of(options.bind, HomeNetwork.find(), out, layout))
                : Optional.empty();
        return new Phones(options, machine, lan, out);
    }

    /**
     * Has a proxy let them in, as the options are now; throws {@link UsageException} if adb can't be used for the first
     * one. Another in its place does without the device then, and the terminal says so.
     */
    void addTo(CaptureProxyBuilder builder, boolean https) {
        lan.ifPresent(setup -> setup.addTo(builder, options.bind, options.port(), https));
        if (options.android.isOn()) {
            orLaterWithout(() -> {
                Adb.wanted(machine).startServer();
                builder.listen(AndroidLink.LABEL, "127.0.0.1", 0).clientsFromElsewhere(AndroidLink.LABEL);
            });
        }
    }

    /**
     * A proxy listens, the first one or another in its place; throws {@link UsageException} if a device on the cable
     * can't be set up for the first one. Another does without it then, and the terminal says so.
     *
     * @param authority the authority's certificate, if HTTPS is looked into
     */
    void listens(CaptureProxy proxy, Optional<Path> authority) {
        lan.ifPresent(setup -> setup.listens(proxy));
        close();
        InetSocketAddress cable = proxy.addresses().get(AndroidLink.LABEL);
        if (cable != null) {
            orLaterWithout(() -> lead(proxy, cable, authority));
        }
        haveListened = true;
    }

    private void lead(CaptureProxy proxy, InetSocketAddress cable, Optional<Path> authority) {
        new AndroidUndo(machine).onReady().forEach(out::println);
        AndroidLink.Ports ports = new AndroidLink.Ports(proxy.address().getPort(), cable.getPort());
        android = Optional.of(AndroidLink.open(machine, options.android.serial(), ports, authority));
    }

    /** A cable that is out is no reason to leave all others without a proxy that they have had. */
    private void orLaterWithout(Runnable step) {
        try {
            step.run();
        } catch (UsageException e) {
            if (!haveListened) {
                throw e;
            }
            out.println("note     " + PlainText.printable(String.valueOf(e.getMessage()))
                    + "; until the proxy starts again, it goes on without the device");
        }
    }

    /** Who may use the proxy besides this machine, in words. */
    List<String> clients() {
        List<String> clients = new ArrayList<>(options.allow);
        lan.ifPresent(setup -> clients.add("devices that enter the code"));
        return clients;
    }

    /** Says at the start of the list how they get in. */
    void announce() {
        List<String> lines = new ArrayList<>();
        lan.map(LanSetup::lines).ifPresent(lines::addAll);
        android.map(AndroidLink::lines).ifPresent(lines::addAll);
        lines.forEach(out::println);
        if (!lines.isEmpty()) {
            out.println();
        }
    }

    /** The devices of the network, if they are let in. */
    Optional<LanSetup> lan() {
        return lan;
    }

    /** Takes back what was set on a device on a cable; to be called before the proxy is closed. */
    @Override
    public void close() {
        android.flatMap(AndroidLink::end).ifPresent(out::println);
        android = Optional.empty();
    }
}
