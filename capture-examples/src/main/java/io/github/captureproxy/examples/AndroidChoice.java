package io.github.captureproxy.examples;

import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;

/** Says which of the devices that adb knows of is meant. */
final class AndroidChoice {
    private static final String EMULATOR = "emulator-";

    private AndroidChoice() {}

    /**
     * The one that can be used, or the one that is asked for; throws {@link UsageException}, with what to do, where there
     * is none, or more than one.
     *
     * @param attached what adb knows of
     * @param wanted the serial, if it was given
     * @param own ports of this program, which adb takes for emulators' if they are odd and between 5555 and 5585
     */
    static String of(List<Adb.Attached> attached, Optional<String> wanted, AndroidLink.Ports own) {
        List<Adb.Attached> devices =
                attached.stream().filter(device -> !isPort(device, own)).toList();
        if (devices.isEmpty()) {
            throw new UsageException("--android: no device is attached: connect one by USB, with USB debugging on "
                    + "(Settings > System > Developer options)");
        }
        return wanted.map(serial -> named(devices, serial)).orElseGet(() -> only(devices));
    }

    /** An emulator is known by the port below that of its adb daemon; nothing answers adb on a port of this program. */
    private static boolean isPort(Adb.Attached device, AndroidLink.Ports own) {
        return !device.isReady()
                && (device.serial().equals(EMULATOR + (own.onDevice() - 1))
                        || device.serial().equals(EMULATOR + (own.here() - 1)));
    }

    private static String named(List<Adb.Attached> devices, String serial) {
        Adb.Attached device = devices.stream()
                .filter(each -> each.serial().equals(serial))
                .findFirst()
                .orElseThrow(() -> new UsageException(
                        "--android " + serial + ": no such device is attached; there is " + serials(devices)));
        if (!device.isReady()) {
            throw notYet(List.of(device));
        }
        return serial;
    }

    /** What can't be used doesn't make a choice necessary. */
    private static String only(List<Adb.Attached> devices) {
        List<Adb.Attached> ready =
                devices.stream().filter(Adb.Attached::isReady).toList();
        if (ready.size() > 1) {
            throw new UsageException(
                    "--android: several devices are attached: choose one with --android SERIAL, of " + serials(ready));
        }
        if (ready.isEmpty()) {
            throw notYet(devices);
        }
        return ready.get(0).serial();
    }

    private static String serials(List<Adb.Attached> devices) {
        return devices.stream().map(Adb.Attached::serial).collect(Collectors.joining(", "));
    }

    private static UsageException notYet(List<Adb.Attached> devices) {
        if (devices.size() == 1) {
            Adb.Attached device = devices.get(0);
            return new UsageException("--android: device " + device.serial() + " can't be used yet: " + advice(device));
        }
        return new UsageException("--android: none of the devices can be used yet: "
                + devices.stream()
                        .map(device -> device.serial() + ": " + advice(device))
                        .collect(Collectors.joining("; ")));
    }

    private static String advice(Adb.Attached device) {
        return switch (device.state()) {
            case "unauthorized" -> "unlock it, and allow USB debugging for this computer";
            case "offline" ->
                device.serial().startsWith(EMULATOR)
                        ? "start it again; if you have no emulator, adb takes another program's port for one"
                        : "unplug it and plug it in again";
            default -> "adb devices says \"" + device.state() + "\"";
        };
    }
}
