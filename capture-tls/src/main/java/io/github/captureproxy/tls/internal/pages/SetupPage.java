package io.github.captureproxy.tls.internal.pages;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.github.captureproxy.spi.OwnPage;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Base64;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** The page that tells how a device is set up: the steps for the device that asks are open, those for others folded. */
final class SetupPage {
    private final Template page;
    private final Map<Device, Template> steps = new EnumMap<>(Device.class);
    private final Template apps;
    private final Map<String, String> constants;
    private final String policy;

    /**
     * What the page tells of the authority.
     *
     * @param reserved the reserved host name
     * @param subject the authority's name
     * @param fingerprint its SHA-256 fingerprint
     */
    record Authority(String reserved, String subject, String fingerprint) {}

    /** Makes it; without an authority it has the steps for the proxy alone. */
    SetupPage(Optional<Authority> authority) {
        Set<String> flags = authority.isPresent() ? Set.of("authority") : Set.of();
        page = new Template(Template.file("setup.html"));
        apps = new Template(Template.file("apps.html"));
        for (Device device : Device.values()) {
            steps.put(device, new Template(Template.file(device.id() + ".html")).with(flags));
        }
        String style = Template.file("setup.css");
        String script = Template.file("setup.js");
        constants = new HashMap<>(Map.of("style", style, "script", script));
        authority.ifPresent(known -> constants.putAll(values(known)));
        policy = policy(style, script, authority.map(Authority::reserved));
    }

    private static Map<String, String> values(Authority authority) {
        String name = authority.subject().replaceFirst("^CN=", "");
        return Map.of(
                "reserved", Template.escaped(authority.reserved()),
                "subject", Template.escaped(name),
                "name", Template.escaped(name.replaceAll("[^A-Za-z0-9 ._-]", "?")), // for shells, in double quotes
                "file", name.replaceAll("[^A-Za-z0-9._-]+", "-"),
                "fingerprint", Template.escaped(authority.fingerprint()));
    }

    /** Nothing is loaded from anywhere, and the page's own script may ask for the trust check alone. */
    private static String policy(String style, String script, Optional<String> reserved) {
        String check = reserved.map(host -> " script-src " + hash(script) + "; connect-src https://" + host + " http://"
                        + host + "; img-src https://" + host + ";")
                .orElse("");
        return "default-src 'none'; style-src " + hash(style) + ";" + check
                + " base-uri 'none'; form-action 'none'; frame-ancestors 'none'";
    }

    private static String hash(String text) {
        try {
            byte[] digest = MessageDigest.getInstance("SHA-256").digest(text.getBytes(UTF_8));
            return "'sha256-" + Base64.getEncoder().encodeToString(digest) + "'";
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every JDK has SHA-256", e);
        }
    }

    /** The page for whoever asks. */
    OwnPage page(OwnPage.Request request) {
        Optional<Device> device = Device.of(request.message().headers());
        Map<String, String> values = new HashMap<>(constants);
        values.put("address", Template.escaped(request.proxy()));
        values.put("host", Template.escaped(host(request.proxy())));
        values.put(
                "port",
                Template.escaped(request.proxy().substring(request.proxy().lastIndexOf(':') + 1)));
        values.put("device", device.map(Device::title).orElse(""));
        values.put("devices", devices(device, values));
        boolean authority = constants.containsKey("subject");
        values.put("apps", authority ? apps.filled(values) : "");
        Set<String> flags = Stream.of(authority ? "authority" : "", device.isPresent() ? "known" : "")
                .collect(Collectors.toSet());
        Map<String, String> headers = new LinkedHashMap<>();
        headers.put("Content-Security-Policy", policy);
        headers.put("Referrer-Policy", "no-referrer");
        headers.put("Vary", "User-Agent, Sec-CH-UA-Platform");
        return new OwnPage(
                "text/html; charset=utf-8",
                headers,
                page.with(flags).filled(values).getBytes(UTF_8));
    }

    /** Without the brackets of an IPv6 address, as settings want it. */
    private static String host(String proxy) {
        String host = proxy.substring(0, Math.max(proxy.lastIndexOf(':'), 0));
        return host.startsWith("[") && host.endsWith("]") ? host.substring(1, host.length() - 1) : host;
    }

    /** The device's own steps come first. */
    private String devices(Optional<Device> own, Map<String, String> values) {
        Stream<Device> others = Stream.of(Device.values()).filter(device -> !own.equals(Optional.of(device)));
        return Stream.concat(own.stream(), others)
                .map(device -> "<details id=\"" + device.id() + "\"" + (own.equals(Optional.of(device)) ? " open" : "")
                        + "><summary>" + device.title() + "</summary><div>\n"
                        + Objects.requireNonNull(steps.get(device)).filled(values) + "</div></details>\n")
                .collect(Collectors.joining());
    }
}
