package io.github.captureproxy.examples.browser;

import java.util.ArrayList;
import java.util.List;

/** The settings of a Firefox profile, as lines of its {@code user.js}, and its command line. Pure. */
final class FirefoxSettings {
    /** Has it take another server for its remote settings, which it does only where this variable says so. */
    static final String OWN_SETTINGS_SERVER = "MOZ_REMOTE_SETTINGS_DEVTOOLS";

    /** Where an address is wanted that nothing is asked of. */
    private static final String NOWHERE = "data:,";

    /** What makes it ask the network for things that no page asked for, and what it asks people at a first start. */
    static final List<String> QUIET = List.of(
            line("app.normandy.enabled", false),
            line("app.shield.optoutstudies.enabled", false),
            line("app.update.auto", false),
            line("app.update.url", NOWHERE),
            line("browser.aboutwelcome.enabled", false),
            line("browser.discovery.enabled", false),
            line("browser.newtabpage.enabled", false),
            line("browser.newtabpage.activity-stream.feeds.topsites", false),
            line("browser.region.network.url", ""),
            line("browser.safebrowsing.update.enabled", false),
            line("browser.search.suggest.enabled", false),
            line("browser.search.update", false),
            line("browser.shell.checkDefaultBrowser", false),
            line("browser.startup.homepage_override.mstone", "ignore"),
            line("browser.topsites.contile.enabled", false),
            line("datareporting.healthreport.uploadEnabled", false),
            line("datareporting.policy.dataSubmissionEnabled", false),
            line("datareporting.usage.uploadEnabled", false),
            line("dom.push.connection.enabled", false),
            line("extensions.getAddons.cache.enabled", false),
            line("extensions.systemAddon.update.enabled", false),
            line("extensions.update.enabled", false),
            line("media.gmp-manager.updateEnabled", false),
            line("media.gmp-manager.url", NOWHERE),
            line("network.captive-portal-service.enabled", false),
            line("network.connectivity-service.enabled", false),
            line("nimbus.rollouts.enabled", false),
            line("services.settings.server", NOWHERE),
            line("telemetry.fog.test.localhost_port", -1),
            line("toolkit.telemetry.enabled", false),
            line("toolkit.telemetry.server", NOWHERE),
            line("toolkit.telemetry.unified", false));

    private FirefoxSettings() {}

    /** The lines that send all through the proxy. */
    static List<String> lines(BrowserPlan plan) {
        String host = plan.proxy().getAddress().getHostAddress();
        int port = plan.proxy().getPort();
        List<String> lines = new ArrayList<>();
        lines.add(line("network.proxy.type", 1)); // set by hand, here
        lines.add(line("network.proxy.http", host));
        lines.add(line("network.proxy.http_port", port));
        lines.add(line("network.proxy.ssl", host));
        lines.add(line("network.proxy.ssl_port", port));
        lines.add(line("network.proxy.no_proxies_on", ""));
        lines.add(line("network.proxy.allow_hijacking_localhost", true)); // this machine's own pages too
        lines.add(line("network.proxy.failover_direct", false)); // nothing goes past a proxy that has ended
        lines.add(line("network.trr.mode", 5)); // names are for the proxy to resolve
        lines.add(line("network.http.http3.enable", false)); // goes past any proxy of HTTP
        lines.addAll(QUIET);
        return List.copyOf(lines);
    }

    /** A line that sets a value. */
    static String line(String name, Object value) {
        String literal = value instanceof String text
                ? "\"" + text.replace("\\", "\\\\").replace("\"", "\\\"") + "\""
                : value.toString();
        return "user_pref(\"" + name + "\", " + literal + ");";
    }
}
