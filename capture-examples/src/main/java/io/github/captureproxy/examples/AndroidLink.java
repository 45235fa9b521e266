package io.github.captureproxy.examples;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * An Android device whose traffic comes over the USB cable: {@code adb reverse} leads a port of the device to an address
 * that the proxy has for it alone, and the device's own setting has apps use it. Both end with {@link #close}; until then
 * it is noted how they end, for a run after one that was killed.
 */
final class AndroidLink implements AutoCloseable {
    /**
     * The label of the address that the cable leads to: what comes in there does so from this machine's loopback, and is
     * told from its programs by nothing else.
     */
    static final String LABEL = "android";

    /** What the setting means if no proxy is set. */
    private static final List<String> NONE = List.of("", "null", AndroidNote.NONE);

    private final AndroidDevice device;
    private final AndroidNotes notes;
    private final AndroidNote note;
    private final Optional<AndroidNote> earlier;

    /**
     * The two ends of the cable.
     *
     * @param onDevice what apps use on the device's loopback: the port of the proxy's first address
     * @param here the port of the address with the label, on this machine's loopback
     */
    record Ports(int onDevice, int here) {}

    private AndroidLink(AndroidDevice device, AndroidNotes notes, AndroidNote note, Optional<AndroidNote> earlier) {
        this.device = device;
        this.notes = notes;
        this.note = note;
        this.earlier = earlier;
    }

    /**
     * Sets a device up; throws {@link UsageException}, with what to do, where that can't be done. Nothing is left behind
     * then.
     *
     * @param machine where adb is looked for, and where it is noted what to take back
     * @param wanted the serial of the device, if it was given
     * @param ports the ends of the cable
     * @param authority the authority's certificate, if HTTPS is looked into
     */
    static AndroidLink open(Machine machine, Optional<String> wanted, Ports ports, Optional<Path> authority) {
        Adb adb = Adb.wanted(machine);
        String serial = AndroidChoice.of(adb.devices(), wanted, ports);
        AndroidNotes notes = new AndroidNotes(machine);
        Optional<AndroidNote> noted = notes.find(serial);
        noted.ifPresent(AndroidLink::refuseIfInUse);
        AndroidDevice device = new AndroidDevice(adb, serial);
        String now =
                device.proxy().orElseThrow(() -> new UsageException("--android: the device doesn't tell its proxy"));
        Optional<AndroidNote> earlier = noted.filter(run -> run.proxy().equals(now));
        AndroidNote note = new AndroidNote(
                serial,
                ports.onDevice(),
                earlier.map(AndroidNote::before).orElseGet(() -> before(now, ports.onDevice())),
                authority.isPresent(),
                AndroidNote.Run.current());
        must(device.lead(ports.onDevice(), ports.here()), "adb reverse");
        AndroidLink link = new AndroidLink(device, notes, note, earlier);
        link.set(authority);
        return link;
    }

    /** Two that take turns with a device's setting would leave it with the proxy of the one that ended first. */
    private static void refuseIfInUse(AndroidNote note) {
        if (note.run().isAnother()) {
            throw new UsageException(
                    "--android: device " + note.serial() + " is in use by another capture proxy, process "
                            + note.run().process() + ": end that first");
        }
    }

    private static String before(String now, int port) {
        return NONE.contains(now) || now.equals("127.0.0.1:" + port) ? AndroidNote.NONE : now;
    }

    private void set(Optional<Path> authority) {
        boolean isSet = false;
        try {
            notes.keep(note);
            must(device.setProxy(note.proxy()), "setting http_proxy");
            isSet = true;
            authority.ifPresent(file -> must(device.putCertificate(file.toString()), "putting the certificate on it"));
        } catch (UsageException e) {
            giveUp(isSet);
            throw e;
        }
    }

    /** What an earlier run has set is noted again where it may be on the device still. */
    private void giveUp(boolean isSet) {
        AndroidDevice.TakenBack how = device.takeBack(note);
        boolean stays = how == AndroidDevice.TakenBack.ANOTHER_PROXY || how == AndroidDevice.TakenBack.FAILED && !isSet;
        if (stays && earlier.isPresent()) {
            notes.keep(earlier.get());
        } else {
            forget(how);
        }
    }

    private static void must(Adb.Result result, String what) {
        if (!result.isFine()) {
            throw new UsageException("--android: " + what + " failed: " + result.lastLine());
        }
    }

    /** What was done, what is left to do on the device, and how all of it is undone. */
    List<String> lines() {
        List<String> lines = new ArrayList<>();
        lines.add("android  " + note.serial()
                + " sends through the proxy over its cable, until the proxy ends; its label is " + LABEL);
        if (note.certificate()) {
            lines.add(
                    "         certificate: on the device, Settings > Security & privacy > More security > Encryption &");
            lines.add("         credentials > Install a certificate > CA certificate, " + AndroidDevice.CERTIFICATE);
            lines.add("  undo   Encryption & credentials > Trusted credentials > User > Remove");
        }
        lines.add("  undo   if the proxy can't at its end: --undo, or adb -s " + note.serial()
                + " shell settings put global http_proxy " + PlainText.printable(note.before()));
        return lines;
    }

    /** Takes the settings back; if that fails, as on a device that is gone, tells what sees to it later. */
    Optional<String> end() {
        AndroidDevice.TakenBack how = device.takeBack(note);
        forget(how);
        return how == AndroidDevice.TakenBack.FAILED
                ? Optional.of("android  " + note.serial() + " is gone, and keeps the proxy " + note.proxy()
                        + ": connect it, and run --undo")
                : Optional.empty();
    }

    /** Unless it is on the device still; with what an earlier run has left, whose proxy went with this one's. */
    private void forget(AndroidDevice.TakenBack how) {
        if (how != AndroidDevice.TakenBack.FAILED) {
            earlier.ifPresent(device::takeBack);
            notes.forget(note);
        }
    }

    @Override
    public void close() {
        end();
    }
}
