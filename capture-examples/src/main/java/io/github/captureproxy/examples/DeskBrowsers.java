package io.github.captureproxy.examples;

import io.github.captureproxy.examples.browser.BrowserException;
import io.github.captureproxy.examples.browser.BrowserPlan;
import io.github.captureproxy.examples.browser.BrowserSession;
import io.github.captureproxy.examples.browser.Desktop;
import io.github.captureproxy.examples.browser.InstalledBrowser;
import io.github.captureproxy.examples.desk.Desk;
import io.github.captureproxy.examples.inspector.Browsers;
import io.github.captureproxy.examples.inspector.RefusedException;
import java.io.IOException;
import java.security.cert.X509Certificate;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The browsers of this machine, started from the page, each with a fresh profile. They end with the program. */
final class DeskBrowsers implements Browsers, AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(DeskBrowsers.class);

    /** More windows than anyone captures at a time; each takes hundreds of MB. */
    private static final int MAX_OPEN = 8;

    private final Desk desk;
    private final Desktop desktop;
    private final Supplier<Optional<TrustAdvice>> advice;
    private final List<BrowserSession> open = new ArrayList<>();

    DeskBrowsers(Desk desk, Machine machine, Supplier<Optional<TrustAdvice>> advice) {
        this.desk = desk;
        this.desktop = machine.desktop();
        this.advice = advice;
    }

    @Override
    public List<String> installed() {
        if (!desktop.hasDisplay()) {
            return List.of(); // there is nowhere to show a window
        }
        return InstalledBrowser.names().stream()
                .filter(name -> InstalledBrowser.find(name, desktop).isPresent())
                .toList();
    }

    @Override
    public synchronized void open(String name) {
        open.removeIf(session -> !session.isRunning());
        if (open.size() >= MAX_OPEN) {
            throw new RefusedException(409, "so many browsers are open already: close one first");
        }
        try {
            InstalledBrowser browser = InstalledBrowser.find(name, desktop)
                    .orElseThrow(() -> new RefusedException(404, "there is no browser called " + name + " here"));
            X509Certificate authority =
                    advice.get().map(found -> found.authority().certificate()).orElse(null);
            open.add(BrowserSession.start(browser, BrowserPlan.of(desk.proxy(), authority), desktop));
        } catch (IllegalArgumentException | BrowserException e) {
            throw new RefusedException(400, String.valueOf(e.getMessage()));
        } catch (IOException e) {
            LOG.warn("the browser {} can't be started", name, e);
            throw new RefusedException(500, name + " can't be started: " + e.getMessage());
        }
    }

    @Override
    public synchronized void close() {
        open.forEach(BrowserSession::close);
        open.clear();
    }
}
