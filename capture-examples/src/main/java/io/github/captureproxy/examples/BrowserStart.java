package io.github.captureproxy.examples;

import io.github.captureproxy.examples.browser.BrowserException;
import io.github.captureproxy.examples.browser.BrowserPlan;
import io.github.captureproxy.examples.browser.BrowserSession;
import io.github.captureproxy.examples.browser.Desktop;
import io.github.captureproxy.examples.browser.InstalledBrowser;
import java.io.IOException;
import java.io.PrintStream;
import java.util.Optional;

/**
 * The browser that the options ask for, found before anything is started.
 *
 * @param browser the browser
 * @param options how it is to be started
 * @param desktop the machine
 */
record BrowserStart(InstalledBrowser browser, BrowserOptions options, Desktop desktop) {
    /** Looks for it; throws {@link UsageException} if there is none, or no display for it. */
    static Optional<BrowserStart> of(BrowserOptions options, Machine machine) {
        Optional<String> name = options.wanted();
        if (name.isEmpty()) {
            return Optional.empty();
        }
        Desktop desktop = machine.desktop();
        InstalledBrowser found = find(name.get(), desktop);
        if (!options.headless && !desktop.hasDisplay()) {
            throw new UsageException("--browser: there is no display here for its window (neither DISPLAY nor "
                    + "WAYLAND_DISPLAY is set): give --headless, or start this on a desktop");
        }
        return Optional.of(new BrowserStart(found, options, desktop));
    }

    private static InstalledBrowser find(String name, Desktop desktop) {
        String others = String.join(", ", InstalledBrowser.names());
        try {
            return InstalledBrowser.find(name, desktop)
                    .orElseThrow(() -> new UsageException(
                            name.equals(InstalledBrowser.ANY)
                                    ? "--browser: none of " + others + " is found on PATH or where it is usually"
                                            + " installed: install one, or put it on PATH"
                                    : "--browser: " + name + " is not found on PATH or where it is usually installed: "
                                            + "install it, put it on PATH, or give another of " + others));
        } catch (IllegalArgumentException e) {
            throw new UsageException("--browser " + e.getMessage());
        }
    }

    /** Starts it, and says so. */
    BrowserSession run(LiveCapture capture, PrintStream err) {
        BrowserPlan plan = BrowserPlan.of(capture.proxy(), capture.authority().orElse(null));
        if (options.profile != null) {
            plan = plan.keeping(options.profile);
        }
        if (options.headless) {
            plan = plan.headless();
        }
        if (options.open != null) {
            plan = plan.opening(options.open);
        }
        String name = browser.brand().word();
        try {
            BrowserSession session = BrowserSession.start(browser, plan, desktop);
            session.notes().forEach(note -> err.println("capture-proxy: " + name + " " + note));
            return session;
        } catch (BrowserException e) {
            throw new UsageException("--browser " + name + ": " + e.getMessage());
        } catch (IOException e) {
            throw new UsageException("--browser " + name + ": can't be started: " + e);
        }
    }
}
