package io.github.captureproxy.examples;

import io.github.captureproxy.CaptureProxy;
import io.github.captureproxy.CaptureProxyBuilder;
import io.github.captureproxy.examples.lan.Devices;
import io.github.captureproxy.examples.lan.EntryCode;
import io.github.captureproxy.examples.lan.LanPages;
import io.github.captureproxy.examples.lan.QrCode;
import io.github.captureproxy.spi.OwnPage;
import io.github.captureproxy.tls.SetupPages;
import java.io.PrintStream;
import java.net.InetAddress;
import java.net.NetworkInterface;
import java.net.SocketException;
import java.nio.charset.Charset;
import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** Opens the proxy to devices of the network that enter a code, and tells on the terminal which that is. */
final class LanSetup {
    /** What exchanges carry that come in at the network address, where the proxy listens on the loopback as well. */
    static final String LABEL = "lan";

    private final String address;
    private final PrintStream out;
    private final Layout layout;
    private final Devices devices;
    private volatile @Nullable Place place;

    private LanSetup(String address, PrintStream out, Layout layout) {
        this.address = address;
        this.out = out;
        this.layout = layout;
        Set<InetAddress> own = ownAddresses();
        this.devices = new Devices(
                Clock.systemUTC(), client -> client.isLoopbackAddress() || own.contains(client), new Announcer());
    }

    /**
     * Prepares it; throws {@link UsageException} if there is no network.
     *
     * @param bind what {@code --bind} says: a loopback address stays, with the one of the network beside it
     * @param home this machine's place on its network, if it has one
     */
    static LanSetup of(String bind, Optional<HomeNetwork> home, PrintStream out, Layout layout) {
        if (Place.isWide(bind)) {
            boolean all = Place.isWildcard(bind);
            return new LanSetup(all ? home.map(HomeNetwork::address).orElse(bind) : bind, out, layout);
        }
        String address = home.map(HomeNetwork::address)
                .orElseThrow(() -> new UsageException("--lan: this machine has no address on a network: connect it to "
                        + "the device's Wi-Fi, or name its address with --bind"));
        return new LanSetup(address, out, layout);
    }

    /** They are read once: a client that is this machine itself has the address that it connects to. */
    private static Set<InetAddress> ownAddresses() {
        try {
            return NetworkInterface.networkInterfaces()
                    .flatMap(NetworkInterface::inetAddresses)
                    .collect(Collectors.toUnmodifiableSet());
        } catch (SocketException e) {
            return Set.of(); // then its programs have to use the loopback address, or enter a code
        }
    }

    /**
     * Has a proxy let devices in.
     *
     * @param bind its first address: on one that other machines can't reach, it listens on the network's too
     * @param port the port of its first address
     * @param https whether it looks inside HTTPS, and so has pages that tell of its authority
     */
    void addTo(CaptureProxyBuilder builder, String bind, int port, boolean https) {
        OwnPage.Source setUp = https ? request -> Optional.empty() : SetupPages.withoutAuthority();
        builder.clientAccess(devices).ownPages(new LanPages(devices, setUp));
        if (!Place.isWide(bind)) {
            builder.listen(LABEL, address, port);
        }
    }

    /** The proxy listens: from now on it is known where devices reach it. */
    void listens(CaptureProxy proxy) {
        devices.code(); // the first one is told with the other settings
        List<Place> wide =
                Place.of(proxy).stream().filter(each -> !each.isLoopback()).toList();
        place = wide.stream()
                .filter(each -> each.host().equals(address))
                .findFirst()
                .or(() -> wide.stream().findFirst())
                .orElse(new Place(address, proxy.address().getPort(), "network"));
    }

    /** Who may use the proxy; the same for as long as the program runs, whatever proxies it starts. */
    Devices devices() {
        return devices;
    }

    /** Where a device is set up, with the code that holds now; empty until the proxy listens. */
    Optional<String> link() {
        return Optional.ofNullable(place).map(it -> link(it, devices.code()));
    }

    private static String link(Place place, EntryCode code) {
        return "http://" + place.authority() + "/?code=" + code.text();
    }

    /** How a device gets in, for the start of the list. */
    List<String> lines() {
        Place at = place;
        if (at == null) {
            return List.of();
        }
        EntryCode code = devices.code();
        List<String> lines = new ArrayList<>();
        boolean drawn = layout.isTerminal() && canDraw(out);
        lines.add("device   " + (drawn ? "scan this on it, or open" : "open") + " http://" + at.authority()
                + "/ on it, and enter the code " + layout.ink(Ink.BOLD, code.text()));
        if (drawn) {
            lines.add("");
            lines.addAll(QrCode.lines(link(at, code), layout.colour()));
        }
        lines.add("A code lets one device in, and holds for " + EntryCode.LIFETIME.toMinutes()
                + " minutes; the next one is shown here.");
        return lines;
    }

    /** Some consoles of Windows have no half blocks. */
    private static boolean canDraw(PrintStream out) {
        String encoding = System.getProperty("stdout.encoding", System.getProperty("sun.stdout.encoding", ""));
        Charset charset = encoding.isEmpty() || !Charset.isSupported(encoding)
                ? Charset.defaultCharset()
                : Charset.forName(encoding);
        return charset.newEncoder().canEncode('\u2580') && !out.checkError();
    }

    /** Tells of devices and codes between the lines of the list. */
    private final class Announcer implements Devices.Listener {
        @Override
        public void renewed(EntryCode code) {
            Place at = place;
            if (at != null) {
                out.println("device   code for the next one: " + layout.ink(Ink.BOLD, code.text()) + " at http://"
                        + at.authority() + "/");
            }
        }

        @Override
        public void allowed(Devices.Device device) {
            out.println("device   " + IpAddress.text(device.address()) + " (" + device.name() + ") was let in");
        }
    }
}
