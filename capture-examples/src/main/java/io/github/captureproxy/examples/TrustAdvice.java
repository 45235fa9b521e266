package io.github.captureproxy.examples;

import java.nio.file.Files;
import java.nio.file.Path;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * How clients come to trust the authority, and how it is taken out again: each step that installs it has the one that
 * removes it beside it.
 *
 * @param authority the authority
 * @param pin the pin of its key, for Chromium
 * @param due true if it is time to renew it
 * @param files files that hold it together with the system's roots, if they could be written
 * @param machine the machine whose ways the advice is for
 */
record TrustAdvice(StoredAuthority authority, String pin, boolean due, Optional<TrustFiles> files, Machine machine) {
    private static final String UNDO = "  undo   ";
    static final String FIREFOX = "Settings > Privacy & Security > View Certificates > Authorities";

    /** The authority, for people to compare. */
    List<String> authorityLines() {
        LocalDate end =
                LocalDate.ofInstant(authority.certificate().getNotAfter().toInstant(), ZoneOffset.UTC);
        List<String> lines = new ArrayList<>();
        lines.add(
                "HTTPS is looked into where the client trusts the authority of this proxy. Where it doesn't, or where a");
        lines.add(
                "look inside would break something, it passes through untouched, listed as a tunnel with the reason.");
        lines.add("");
        lines.add("name     " + authority.name() + ", valid until " + end);
        lines.add("SHA-256  " + authority.fingerprint());
        lines.add("file     " + authority.file());
        if (due) {
            lines.add("It ends soon: take it out of all stores with --undo, then start once with --https --renew.");
        }
        return lines;
    }

    /** How to trust it for one program, which leaves nothing behind. */
    List<String> once(Place proxy, String login) {
        List<String> lines = new ArrayList<>();
        lines.add("To trust it in one program, with nothing to take out later:");
        lines.add("curl     curl -x http://" + proxy.authority() + login + " --cacert "
                + quoted(files.map(TrustFiles::bundle).orElse(authority.file())) + " https://example.com/");
        files.ifPresent(found -> lines.addAll(withFiles(found, proxy)));
        lines.add("browser  " + (machine.system() == OperatingSystem.LINUX ? "chromium" : "chrome")
                + " --proxy-server=http://" + proxy.authority() + " --proxy-bypass-list="
                + machine.quoted("<-loopback>") + " --user-data-dir="
                + quoted(Path.of(System.getProperty("java.io.tmpdir"), "capture-browser"))
                + " --ignore-certificate-errors-spki-list=" + pin);
        return lines;
    }

    private List<String> withFiles(TrustFiles found, Place proxy) {
        String bundle = quoted(found.bundle());
        List<String> lines = new ArrayList<>();
        if (machine.system() != OperatingSystem.WINDOWS) {
            lines.add("shell    export CURL_CA_BUNDLE=" + bundle + " SSL_CERT_FILE=" + bundle + " REQUESTS_CA_BUNDLE="
                    + bundle + " NODE_EXTRA_CA_CERTS=" + quoted(authority.file()));
        }
        lines.add("java     java -Dhttps.proxyHost=" + proxy.host() + " -Dhttps.proxyPort=" + proxy.port()
                + " -Djavax.net.ssl.trustStore=" + quoted(found.javaStore()) + " -Djavax.net.ssl.trustStorePassword="
                + TrustFiles.PASSWORD + " ...");
        return lines;
    }

    /** How to trust it for good, and how to end that. */
    List<String> forGood(Optional<Place> phone) {
        List<String> lines = new ArrayList<>();
        lines.add("To trust it for good, and to undo that (--undo does what can be done from here):");
        lines.addAll(
                switch (machine.system()) {
                    case LINUX -> linux();
                    case MACOS -> macos();
                    case WINDOWS -> windows();
                });
        lines.add("firefox  " + FIREFOX + " > Import " + authority.file() + ", to identify websites");
        lines.add(UNDO + FIREFOX + " > " + authority.name() + " > Delete or Distrust");
        lines.add(
                "phone    "
                        + phone.map(place -> "open http://" + place.authority()
                                        + "/ in its browser, and install what is there")
                                .orElse(
                                        "once it gets in, by --lan or --android: open http://capture.internal/ in its browser, and install what is there"));
        lines.add(UNDO + "in the phone's settings, remove the certificate or profile " + authority.name());
        lines.add(
                "check    http://capture.internal/ tells a browser if it trusts the authority, and has its refusals forgotten");
        return lines;
    }

    private List<String> linux() {
        List<String> lines = new ArrayList<>();
        LinuxStore.of(machine).ifPresent(store -> {
            lines.add("system   " + store.adding(authority, machine));
            lines.add(UNDO + store.removing(authority, machine));
        });
        Path database = NssDatabases.ofChromium(machine.home());
        String at = "certutil -d sql:" + quoted(database);
        String name = " -n " + machine.quoted(authority.name());
        lines.add("chromium " + (Files.isDirectory(database) ? "" : "mkdir -p " + quoted(database) + " && ") + at
                + " -A -t C,," + name + " -i " + quoted(authority.file()));
        lines.add(UNDO + at + " -D" + name);
        return lines;
    }

    private List<String> macos() {
        String keychain = quoted(Keychains.login(machine));
        return List.of(
                "system   security add-trusted-cert -r trustRoot -p ssl -k " + keychain + " "
                        + quoted(authority.file()),
                UNDO + "security delete-certificate -c " + machine.quoted(authority.name()) + " -t " + keychain);
    }

    private List<String> windows() {
        return List.of(
                "system   certutil -user -addstore Root " + quoted(authority.file()),
                UNDO + "certutil -user -delstore Root " + machine.quoted(authority.name()));
    }

    private String quoted(Path path) {
        return machine.quoted(path);
    }
}
