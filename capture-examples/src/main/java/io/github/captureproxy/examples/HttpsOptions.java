package io.github.captureproxy.examples;

import io.github.captureproxy.examples.desk.Inspecting;
import io.github.captureproxy.examples.desk.SettingsJson;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** What the command line says about HTTPS. There is none that turns the check of origins' certificates off. */
final class HttpsOptions {
    @Option(
            names = "--https",
            description =
                    "Look inside HTTPS where the client trusts this program's own authority, which is made at the "
                            + "first start. Without it HTTPS passes through untouched.")
    boolean https;

    @Option(
            names = "--authority",
            paramLabel = "DIR",
            description = "Folder of the authority, with its certificate in ca.pem. Default: the user's configuration "
                    + "folder for this program.")
    @Nullable
    Path authority;

    @Option(
            names = "--renew",
            description = "Put a new authority in the old one's place, this once; clients have to trust it anew.")
    boolean renew;

    @Option(
            names = "--pass-through",
            paramLabel = "HOST",
            description = "Never look inside: a name, *.suffix for all below it, an address or a network in CIDR form. "
                    + "Repeatable.")
    List<String> passThrough = new ArrayList<>();

    @Option(
            names = "--intercept-only",
            paramLabel = "HOST",
            description = "Look inside for these alone, written likewise. Repeatable.")
    List<String> interceptOnly = new ArrayList<>();

    @Option(
            names = "--hsts",
            paramLabel = "MODE",
            description = "Sites known by HSTS, where a browser lets nobody past a certificate error: adaptive looks "
                    + "inside for clients known to trust the authority, pass-through never, ignore as if it were any "
                    + "site. Default: adaptive.")
    @Nullable
    String hsts;

    @Option(
            names = "--preload",
            paramLabel = "FILE-OR-URL",
            description = "Chromium's transport_security_state_static.json: sites known by HSTS from the start.")
    @Nullable
    String preload;

    @Option(
            names = "--trust-origin",
            paramLabel = "HOST=SHA256",
            description = "Accept this one certificate of a site, whatever is wrong with it. Repeatable.")
    List<String> trustOrigin = new ArrayList<>();

    @Option(
            names = "--upstream-ca",
            paramLabel = "FILE",
            description = "Certificates (PEM or DER) to accept sites' certificates by, besides this system's own.")
    @Nullable
    Path upstreamCa;

    @Option(
            names = "--undo",
            description = "Take the authority out of this system's and its browsers' stores, and back what a killed "
                    + "--android left, say what is left to do, and end.")
    boolean undo;

    /** Whether HTTPS is looked into; what only has a meaning then is refused without it. */
    boolean isOn() {
        if (!https) {
            DependentOptions.refuse(given(), "--https");
        }
        return https;
    }

    /** Looks inside from now on, or does no longer. */
    void switchTo(boolean on) {
        https = on;
        renew = false; // that was done at the first start
    }

    /** How it looks inside, as far as that can be set otherwise. Settings leave out what is empty, as a line may be. */
    Inspecting inspecting() {
        if (passThrough.stream().anyMatch(String::isBlank)) {
            throw new UsageException("--pass-through: give a host that is never to be looked into");
        }
        return new Inspecting(HttpsSetup.mode(Optional.ofNullable(hsts)), passThrough, Map.of(), Map.of());
    }

    /** Takes over how to look inside. */
    void take(Inspecting inspecting) {
        hsts = SettingsJson.word(inspecting.hsts());
        passThrough = new ArrayList<>(inspecting.passThrough());
    }

    private Map<String, Boolean> given() {
        Map<String, Boolean> given = new LinkedHashMap<>();
        given.put("--authority", authority != null);
        given.put("--renew", renew);
        given.put("--pass-through", !passThrough.isEmpty());
        given.put("--intercept-only", !interceptOnly.isEmpty());
        given.put("--hsts", hsts != null);
        given.put("--preload", preload != null);
        given.put("--trust-origin", !trustOrigin.isEmpty());
        given.put("--upstream-ca", upstreamCa != null);
        return given;
    }

    /** Where the authority is, or is to be. */
    Path folder(Machine machine) {
        if (authority == null) {
            return machine.configurationFolder();
        }
        if (authority.toString().isEmpty()) {
            throw new UsageException("--authority: give a folder");
        }
        return authority.toAbsolutePath().normalize();
    }
}
