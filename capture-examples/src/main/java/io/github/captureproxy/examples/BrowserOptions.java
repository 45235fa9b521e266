package io.github.captureproxy.examples;

import io.github.captureproxy.examples.browser.InstalledBrowser;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** What the command line says about a browser that is started to be captured. */
final class BrowserOptions {
    @Option(
            names = "--browser",
            arity = "0..1",
            paramLabel = "chromium|chrome|edge|firefox",
            fallbackValue = InstalledBrowser.ANY,
            description =
                    "Start this browser, or the first that is installed, with a fresh profile that uses the proxy "
                            + "and trusts the authority; nothing else on this machine does. Implies --https. With "
                            + "--no-ui or --record the program ends when the browser is closed.")
    @Nullable
    String browser;

    @Option(
            names = "--profile",
            paramLabel = "DIR",
            description = "Folder of the browser's profile, which is kept; without it there is a fresh one, deleted at "
                    + "the end. For Firefox a new folder, or one of an earlier capture.")
    @Nullable
    Path profile;

    @Option(names = "--headless", description = "Start the browser without a window.")
    boolean headless;

    @Option(names = "--open", paramLabel = "URL", description = "Page that the browser opens at the start.")
    @Nullable
    String open;

    /** Where its address is: any free port, and the same one if the proxy is started anew while the browser runs. */
    volatile int port;

    /** The name of the browser that is to be started, if one is; what only has a meaning then is refused without it. */
    Optional<String> wanted() {
        if (browser == null) {
            DependentOptions.refuse(given(), "--browser");
        }
        if (profile != null && profile.toString().isEmpty()) {
            throw new UsageException("--profile: give a folder");
        }
        if (open != null && !open.matches("(?i)(https?|about|file|data):.+")) {
            throw new UsageException("--open " + open + ": give an absolute URL, such as https://example.com/");
        }
        return Optional.ofNullable(browser);
    }

    private Map<String, Boolean> given() {
        Map<String, Boolean> given = new LinkedHashMap<>();
        given.put("--profile", profile != null);
        given.put("--headless", headless);
        given.put("--open", open != null);
        return given;
    }
}
