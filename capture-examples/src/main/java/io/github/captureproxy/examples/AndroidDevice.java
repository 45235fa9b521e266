package io.github.captureproxy.examples;

import java.util.Optional;

/** What is set on an Android device, and taken back from it. */
final class AndroidDevice {
    /** Where people find it when Android asks them for the file. */
    static final String CERTIFICATE = "/sdcard/Download/capture-proxy-ca.crt";

    private final Adb adb;
    private final String serial;

    AndroidDevice(Adb adb, String serial) {
        this.adb = adb;
        this.serial = serial;
    }

    /** How what was set was taken back. */
    enum TakenBack {
        /** All of it. */
        DONE,
        /** All but the proxy, which somebody has set otherwise since. */
        ANOTHER_PROXY,
        /** The device is gone, or doesn't let it. */
        FAILED
    }

    /** The proxy that its apps use, as its setting has it; empty if it doesn't tell. */
    Optional<String> proxy() {
        Adb.Result result = adb.on(serial, "shell", "settings", "get", "global", "http_proxy");
        return Optional.of(result).filter(Adb.Result::isFine).map(Adb.Result::lastLine);
    }

    Adb.Result setProxy(String proxy) {
        return adb.on(serial, "shell", "settings", "put", "global", "http_proxy", proxy);
    }

    /** Leads one of its ports to one of this machine. */
    Adb.Result lead(int port, int here) {
        return adb.on(serial, "reverse", tcp(port), tcp(here));
    }

    Adb.Result putCertificate(String file) {
        return adb.on(serial, "push", file, CERTIFICATE);
    }

    /** Takes back what is noted. */
    TakenBack takeBack(AndroidNote note) {
        Optional<String> now = proxy();
        if (now.isEmpty()) {
            return TakenBack.FAILED;
        }
        boolean own = now.get().equals(note.proxy());
        if (own && !setProxy(note.before()).isFine()) {
            return TakenBack.FAILED;
        }
        adb.on(serial, "reverse", "--remove", tcp(note.port())); // gone with the cable, if it fails
        if (note.certificate()) {
            adb.on(serial, "shell", "rm", "-f", CERTIFICATE);
        }
        return own ? TakenBack.DONE : TakenBack.ANOTHER_PROXY;
    }

    private static String tcp(int port) {
        return "tcp:" + port;
    }
}
