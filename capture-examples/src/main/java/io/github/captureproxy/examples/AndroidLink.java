package io.github.captureproxy.examples;

import java.io.PrintStream;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * An Android device whose traffic comes over the USB cable: {@code adb reverse} leads a port of the device to an address
 * that the proxy has for it alone, and the device's own setting has apps use it. Both end with {@link #close}.
 */
final class AndroidLink implements AutoCloseable {
    /**
     * The label of the address that the cable leads to: what comes in there does so from this machine's loopback, and is
     * told from its programs by nothing else.
     */
    static final String LABEL = "android";

    /** Where people find it when Android asks them for the file. */
    static final String CERTIFICATE = "/sdcard/Download/capture-proxy-ca.crt";

    /** What the setting means if no proxy is set. */
    private static final List<String> NONE = List.of("", "null", ":0");

    private final Adb adb;
    private final String serial;
    private final Ports ports;
    private final String before;
    private final boolean hasCertificate;

    /**
     * The two ends of the cable.
     *
     * @param onDevice what apps use on the device's loopback: the port of the proxy's first address, by which {@code
     *     --undo} knows its own setting again
     * @param here the port of the address with the label, on this machine's loopback
     */
    record Ports(int onDevice, int here) {}

    private AndroidLink(Adb adb, String serial, Ports ports, String before, boolean hasCertificate) {
        this.adb = adb;
        this.serial = serial;
        this.ports = ports;
        this.before = before;
        this.hasCertificate = hasCertificate;
    }

    /**
     * Sets a device up; throws {@link UsageException}, with what to do, where that can't be done. Nothing is left behind
     * then.
     *
     * @param machine where adb is looked for
     * @param wanted the serial of the device, if it was given
     * @param ports the ends of the cable
     * @param authority the authority's certificate, if HTTPS is looked into
     */
    static AndroidLink open(Machine machine, Optional<String> wanted, Ports ports, Optional<Path> authority) {
        Adb adb = Adb.wanted(machine);
        String serial = AndroidChoice.of(adb.devices(), wanted, ports);
        String own = proxy(ports.onDevice());
        String before = adb.on(serial, "shell", "settings", "get", "global", "http_proxy")
                .lastLine();
        String restored = NONE.contains(before) || before.equals(own) ? ":0" : before;
        must(adb.on(serial, "reverse", tcp(ports.onDevice()), tcp(ports.here())), "adb reverse");
        AndroidLink link = new AndroidLink(adb, serial, ports, restored, authority.isPresent());
        try {
            must(adb.on(serial, "shell", "settings", "put", "global", "http_proxy", own), "setting http_proxy");
            authority.ifPresent(file ->
                    must(adb.on(serial, "push", file.toString(), CERTIFICATE), "putting the certificate on it"));
        } catch (UsageException e) {
            link.close();
            throw e;
        }
        return link;
    }

    private static String tcp(int port) {
        return "tcp:" + port;
    }

    private static String proxy(int port) {
        return "127.0.0.1:" + port;
    }

    private static void must(Adb.Result result, String what) {
        if (!result.isFine()) {
            throw new UsageException("--android: " + what + " failed: " + result.lastLine());
        }
    }

    /** What was done, what is left to do on the device, and how all of it is undone. */
    List<String> lines() {
        List<String> lines = new ArrayList<>();
        lines.add("android  " + serial + " sends through the proxy over its cable, until the proxy ends; its label is "
                + LABEL);
        if (hasCertificate) {
            lines.add(
                    "         certificate: on the device, Settings > Security & privacy > More security > Encryption &");
            lines.add("         credentials > Install a certificate > CA certificate, " + CERTIFICATE);
            lines.add("  undo   Encryption & credentials > Trusted credentials > User > Remove");
        }
        lines.add("  undo   if the proxy can't at its end: --undo, or adb -s " + serial
                + " shell settings put global http_proxy :0");
        return lines;
    }

    /** Takes the settings back. A device that is gone by then keeps its setting: {@code --undo} sees to it later. */
    @Override
    public void close() {
        takeBack(adb, serial, ports.onDevice(), before);
    }

    private static boolean takeBack(Adb adb, String serial, int port, String proxy) {
        boolean set = adb.on(serial, "shell", "settings", "put", "global", "http_proxy", proxy)
                .isFine();
        adb.on(serial, "reverse", "--remove", tcp(port)); // gone with the cable, if it fails
        adb.on(serial, "shell", "rm", "-f", CERTIFICATE);
        return set;
    }

    /** Takes back what an earlier run left on devices that are attached, where it is this port's. */
    static void undo(Machine machine, int port, PrintStream out) {
        Optional<Adb> adb = Adb.find(machine);
        if (adb.isEmpty()) {
            return;
        }
        try {
            adb.get().devices().stream()
                    .filter(Adb.Attached::isReady)
                    .map(Adb.Attached::serial)
                    .filter(serial -> adb.get()
                            .on(serial, "shell", "settings", "get", "global", "http_proxy")
                            .lastLine()
                            .equals(proxy(port)))
                    .forEach(serial -> out.println(
                            takeBack(adb.get(), serial, port, ":0")
                                    ? "removed  proxy settings of Android device " + serial
                                    : "to do    adb -s " + serial + " shell settings put global http_proxy :0"));
        } catch (UsageException e) {
            out.println("to do    Android devices, if you used --android: " + e.getMessage());
        }
    }
}
