package io.github.captureproxy.examples.browser;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** The command line of Chromium and its kin. Pure. */
final class ChromiumCommand {
    /** What makes it ask the network for things that no page asked for, and what it asks people at a first start. */
    private static final List<String> QUIET = List.of(
            "--no-first-run",
            "--no-default-browser-check",
            "--disable-background-networking",
            "--disable-component-update",
            "--disable-sync",
            "--disable-domain-reliability",
            "--disable-breakpad",
            "--disable-component-extensions-with-background-pages",
            "--disable-features=AutofillServerCommunication,MediaRouter,NetworkTimeServiceQuerying,OptimizationHints,"
                    + "Translate");

    private ChromiumCommand() {}

    /**
     * The words after the program.
     *
     * @param plan what is wanted
     * @param profile the profile's folder
     * @param isRoot true if the administrator runs it
     */
    static List<String> arguments(BrowserPlan plan, Path profile, boolean isRoot) {
        List<String> words = new ArrayList<>();
        words.add("--user-data-dir=" + profile);
        words.add("--proxy-server=http://" + plan.host() + ":" + plan.proxy().getPort());
        words.add("--proxy-bypass-list=<-loopback>"); // else it goes straight to this machine's own pages
        plan.authority()
                .map(BrowserPlan::pin)
                .ifPresent(pin -> words.add("--ignore-certificate-errors-spki-list=" + pin));
        words.add("--disable-quic"); // goes past any proxy of HTTP
        words.addAll(QUIET);
        if (plan.profile().isEmpty()) { // a kept one's passwords may be in the desktop's store already
            words.add("--password-store=basic");
            words.add("--use-mock-keychain");
        }
        if (isRoot) {
            words.add("--no-sandbox");
        }
        if (plan.isHeadless()) {
            words.add("--headless=new");
        }
        words.add(plan.page());
        return List.copyOf(words);
    }
}
