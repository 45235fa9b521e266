package io.github.captureproxy.examples.browser;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/**
 * A browser that was started to be captured, from its start until its last window is closed. Safe for any thread.
 *
 * <pre>{@code
 * CaptureProxy proxy = CaptureProxy.builder().listen(BrowserSession.LABEL, "127.0.0.1", 0).tls(interception).start();
 * InstalledBrowser browser = InstalledBrowser.find("firefox", Desktop.current()).orElseThrow();
 * try (BrowserSession session = BrowserSession.start(browser, BrowserPlan.of(proxy, certificate), Desktop.current())) {
 *     session.awaitExit();
 * }
 * }</pre>
 *
 * <p>The interception should have {@code clientTrust(BrowserSession.LABEL, ClientTrust.ASSUMED)}, so that sites known by
 * HSTS are looked into from the first one on.
 */
public final class BrowserSession implements AutoCloseable {
    /** The label of the address that a proxy has for its browser alone, by which that is told from other clients. */
    public static final String LABEL = "browser";

    /** What a browser has to save takes no longer. */
    private static final int END_SECONDS = 5;

    private static final String LOG = "capture-proxy-browser.log";

    /** Enough for the last words of a browser that can't start. */
    private static final int LOG_TAIL = 4_000;

    private final InstalledBrowser browser;
    private final Process process;
    private final List<String> notes;
    private final CompletableFuture<Ended> ended;
    private volatile boolean closed;

    /** How it went: the exit code, the last line that the browser wrote, and what could not be cleared away. */
    private record Ended(int code, String lastWords, Optional<String> left) {}

    private BrowserSession(InstalledBrowser browser, Process process, ProfileFolder profile, List<String> notes) {
        this.browser = browser;
        this.process = process;
        this.notes = List.copyOf(notes);
        this.ended = process.onExit().thenApply(gone -> {
            String words = lastWords(profile.path().resolve(LOG));
            return new Ended(gone.exitValue(), words, profile.end());
        });
    }

    /**
     * Starts a browser. Takes until its process runs; for a Firefox on a machine without NSS's certutil some seconds
     * more, in which it is given the authority.
     *
     * @param browser the browser
     * @param plan how it is to be started
     * @param desktop the machine
     * @return the session
     * @throws BrowserException if it can't be started as planned; its message says why in one line
     * @throws IOException if its profile can't be written
     */
    public static BrowserSession start(InstalledBrowser browser, BrowserPlan plan, Desktop desktop) throws IOException {
        if (!plan.isHeadless() && !desktop.hasDisplay()) {
            throw new BrowserException("there is no display here for a browser's window (neither DISPLAY nor "
                    + "WAYLAND_DISPLAY is set): start without a window, or on a desktop");
        }
        ProfileFolder profile = plan.profile().isPresent()
                ? ProfileFolder.kept(plan.profile().get(), browser)
                : ProfileFolder.fresh(browser, desktop);
        try {
            List<String> notes = new ArrayList<>();
            List<String> command = new ArrayList<>(List.of(browser.program().toString()));
            command.addAll(
                    browser.brand().isChromium()
                            ? chromium(plan, profile.path(), desktop, notes)
                            : firefox(browser, plan, profile.path(), desktop));
            return new BrowserSession(browser, process(command, profile.path()), profile, notes);
        } catch (IOException e) {
            profile.end().ifPresent(left -> e.addSuppressed(new IOException(left)));
            throw e;
        }
    }

    private static List<String> chromium(BrowserPlan plan, Path profile, Desktop desktop, List<String> notes) {
        if (desktop.isRoot()) {
            notes.add("runs without its sandbox (--no-sandbox), as the administrator started it: open only pages that "
                    + "you trust");
        }
        return ChromiumCommand.arguments(plan, profile, desktop.isRoot());
    }

    private static List<String> firefox(InstalledBrowser browser, BrowserPlan plan, Path profile, Desktop desktop)
            throws IOException {
        Files.write(profile.resolve("user.js"), FirefoxSettings.lines(plan));
        if (plan.authority().isPresent()) {
            new FirefoxTrust(desktop, browser).add(plan.authority().get(), profile);
        }
        List<String> words =
                new ArrayList<>(List.of("--no-remote", "--wait-for-browser", "--profile", profile.toString()));
        if (plan.isHeadless()) {
            words.add("--headless");
        }
        words.add(plan.page());
        return words;
    }

    private static Process process(List<String> command, Path profile) throws IOException {
        ProcessBuilder builder = new ProcessBuilder(command)
                .redirectErrorStream(true)
                .redirectOutput(profile.resolve(LOG).toFile());
        builder.environment().put(FirefoxSettings.OWN_SETTINGS_SERVER, "1"); // which others don't know
        Process process = builder.start();
        process.getOutputStream().close();
        return process;
    }

    private static String lastWords(Path log) {
        try {
            byte[] all = Files.readAllBytes(log);
            int from = Math.max(0, all.length - LOG_TAIL);
            return new String(all, from, all.length - from, UTF_8)
                    .lines()
                    .filter(line -> !line.isBlank())
                    .reduce("", (before, line) -> line)
                    .strip();
        } catch (IOException e) {
            return ""; // it wrote none, or the folder is gone
        }
    }

    /**
     * What a person should know about how it was started.
     *
     * @return sentences without their subject, which is the browser; mostly none
     */
    public List<String> notes() {
        return notes;
    }

    /**
     * Whether it runs.
     *
     * @return false from when its last window was closed
     */
    public boolean isRunning() {
        return process.isAlive();
    }

    /**
     * Tells when it has ended and a fresh profile is deleted.
     *
     * @return completed then; what follows it must not block for long
     */
    public CompletionStage<Void> onExit() {
        return ended.thenAccept(end -> {});
    }

    /**
     * Waits until its last window is closed, and a fresh profile is deleted.
     *
     * @return what is wrong, for people: it failed, or left something behind; empty if nothing is
     * @throws InterruptedException if this thread was interrupted; the browser goes on
     */
    public Optional<String> awaitExit() throws InterruptedException {
        try {
            return problem(ended.get());
        } catch (ExecutionException e) {
            throw new IllegalStateException("the browser's end could not be followed", e);
        }
    }

    private Optional<String> problem(Ended end) {
        if (end.code() != 0 && !closed) {
            return Optional.of(browser.brand().word() + " ended with exit code " + end.code()
                    + (end.lastWords().isEmpty() ? "" : ": " + end.lastWords()));
        }
        return end.left();
    }

    /** Ends the browser if it runs, and deletes a fresh profile. Takes some seconds at most. A second call does nothing. */
    @Override
    public void close() {
        closed = true;
        List<ProcessHandle> all = process.descendants().toList(); // those of a dead process can't be found any more
        process.destroy();
        try {
            process.onExit().get(END_SECONDS, TimeUnit.SECONDS);
        } catch (TimeoutException | ExecutionException e) {
            process.destroyForcibly();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            process.destroyForcibly();
        }
        all.forEach(ProcessHandle::destroyForcibly);
        awaitClearedAway();
    }

    private void awaitClearedAway() {
        try {
            ended.get(END_SECONDS, TimeUnit.SECONDS);
        } catch (TimeoutException | ExecutionException e) {
            return; // awaitExit tells of it
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    @Override
    public String toString() {
        return "BrowserSession[" + browser + ", " + (isRunning() ? "running" : "ended") + "]";
    }
}
