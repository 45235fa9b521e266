package io.github.captureproxy.examples.browser;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.captureproxy.examples.browser.InstalledBrowser.Brand;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.condition.DisabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;

/** A browser's life, with a script in its place. */
@Timeout(30)
@DisabledOnOs(OS.WINDOWS)
class BrowserSessionTest {
    @TempDir
    Path folder;

    private final Desktop desktop =
            new Desktop(Desktop.Kind.LINUX, Path.of("home"), Path.of("/"), Map.of("PATH", "/usr/bin:/bin"));

    private final BrowserPlan plan = new BrowserPlan(
            new InetSocketAddress(InetAddress.getLoopbackAddress(), 7000),
            Optional.empty(),
            Optional.empty(),
            true,
            "about:blank");

    @Test
    void aFreshProfileIsGoneWhenTheBrowserEnds() throws Exception {
        InstalledBrowser browser = script(Brand.CHROMIUM, "echo \"$1\" > \"$(dirname \"$0\")/profile\"");
        CountDownLatch told = new CountDownLatch(1);
        try (BrowserSession session = BrowserSession.start(browser, plan, desktop)) {
            CompletionStage<Void> ended = session.onExit().thenRun(told::countDown);
            assertThat(session.awaitExit()).isEmpty();
            assertThat(session.isRunning()).isFalse();
            ended.toCompletableFuture().join();
        }

        assertThat(told.getCount()).isZero();
        String profile = Files.readString(folder.resolve("profile")).strip().replace("--user-data-dir=", "");
        assertThat(Path.of(profile)).isAbsolute().doesNotExist();
    }

    @Test
    void closingItEndsTheBrowserAndThoseThatItStarted() throws Exception {
        InstalledBrowser browser = script(Brand.CHROMIUM, "sleep 100 & echo $! > \"${1#*=}/child\"; wait");
        Path profile = folder.resolve("kept");
        BrowserSession session = BrowserSession.start(browser, plan.keeping(profile), desktop);
        long child = Long.parseLong(written(profile.resolve("child")));

        session.close();
        session.close();

        assertThat(session.isRunning()).isFalse();
        assertThat(session.awaitExit()).isEmpty();
        ProcessHandle.of(child).ifPresent(gone -> gone.onExit().join());
        assertThat(profile).exists();
    }

    @Test
    void oneThatFailsTellsItsLastWords() throws Exception {
        InstalledBrowser browser = script(Brand.CHROMIUM, "echo no; echo 'Missing X server'; echo; exit 3");
        try (BrowserSession session = BrowserSession.start(browser, plan, desktop)) {
            assertThat(session.awaitExit()).contains("chromium ended with exit code 3: Missing X server");
        }
    }

    @Test
    void withoutADisplayNoWindowIsTried() {
        BrowserPlan withWindow =
                new BrowserPlan(plan.proxy(), Optional.empty(), Optional.empty(), false, "about:blank");
        assertThatThrownBy(() -> BrowserSession.start(new InstalledBrowser(Brand.CHROME, folder), withWindow, desktop))
                .isInstanceOf(BrowserException.class)
                .hasMessageContaining("there is no display here");
    }

    @Test
    void aProfileThatARunningBrowserUsesIsRefused() throws Exception {
        InstalledBrowser browser = script(Brand.CHROMIUM, "");
        Path profile = Files.createDirectory(folder.resolve("kept"));
        Path lock = profile.resolve("SingletonLock");
        Files.createSymbolicLink(lock, Path.of("host-" + ProcessHandle.current().pid()));
        assertThatThrownBy(() -> BrowserSession.start(browser, plan.keeping(profile), desktop))
                .hasMessageContaining("a browser that is running uses the profile " + profile);

        Files.delete(lock);
        Files.createSymbolicLink(lock, Path.of("host-999999999")); // of one that was killed
        BrowserSession.start(browser, plan.keeping(profile), desktop).close();
    }

    @Test
    void nobodysEverydayFirefoxIsTaken() throws Exception {
        InstalledBrowser browser = script(Brand.FIREFOX, "");
        Path profile = Files.createDirectory(folder.resolve("everyday"));
        Files.createFile(profile.resolve("prefs.js"));
        assertThatThrownBy(() -> BrowserSession.start(browser, plan.keeping(profile), desktop))
                .hasMessageContaining("give a new or an empty folder");

        Path own = folder.resolve("own");
        BrowserSession.start(browser, plan.keeping(own), desktop).close();
        BrowserSession.start(browser, plan.keeping(own), desktop).close();
        assertThat(own.resolve("user.js")).content().contains("network.proxy.ssl_port");
    }

    private InstalledBrowser script(Brand brand, String lines) throws IOException {
        Path file = folder.resolve("browser");
        Files.write(file, List.of("#!/bin/sh", lines));
        assertThat(file.toFile().setExecutable(true)).isTrue();
        return new InstalledBrowser(brand, file);
    }

    private static String written(Path file) throws IOException {
        while (!Files.exists(file) || Files.size(file) == 0) {
            Thread.onSpinWait();
        }
        return Files.readString(file).strip();
    }
}
