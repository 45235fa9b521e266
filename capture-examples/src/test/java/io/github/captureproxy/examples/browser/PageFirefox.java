package io.github.captureproxy.examples.browser;

import com.fasterxml.jackson.databind.JsonNode;
import io.github.captureproxy.testkit.Eventually;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.TimeUnit;

/** The installed Firefox without a window, and a page in it, by the interface that it has for tests itself. */
public final class PageFirefox implements AutoCloseable {
    private static final Duration PATIENCE = Duration.ofSeconds(60);
    private static final int END_SECONDS = 30;
    private static final String PORT_FILE = "MarionetteActivePort";

    private final Process process;
    private final Marionette marionette;

    private PageFirefox(Process process, Marionette marionette) {
        this.process = process;
        this.marionette = marionette;
    }

    /** The one that is installed, if any is. */
    public static Optional<InstalledBrowser> installed() {
        return InstalledBrowser.find("firefox", Desktop.current());
    }

    /** Starts it with a profile in a folder. */
    public static PageFirefox start(InstalledBrowser firefox, Path profile) throws IOException {
        Files.createDirectories(profile);
        List<String> settings = new ArrayList<>(FirefoxSettings.QUIET);
        settings.add(FirefoxSettings.line("marionette.port", 0));
        Files.write(profile.resolve("user.js"), settings);
        ProcessBuilder builder = new ProcessBuilder(
                        firefox.program().toString(),
                        "--no-remote",
                        "--headless",
                        "--width=1440",
                        "--height=900",
                        "--marionette",
                        "--profile",
                        profile.toString(),
                        "about:blank")
                .redirectErrorStream(true)
                .redirectOutput(ProcessBuilder.Redirect.DISCARD);
        builder.environment().put(FirefoxSettings.OWN_SETTINGS_SERVER, "1");
        Process process = builder.start();
        try {
            Path file = profile.resolve(PORT_FILE);
            Eventually.holds(
                    "Firefox listens", () -> !process.isAlive() || !read(file).isEmpty());
            Marionette marionette = Marionette.connect(Integer.parseInt(read(file)), PATIENCE);
            marionette.call("WebDriver:NewSession", Map.of("capabilities", Map.of()));
            return new PageFirefox(process, marionette);
        } catch (IOException | RuntimeException | AssertionError e) {
            process.destroyForcibly();
            throw e;
        }
    }

    private static String read(Path file) {
        try {
            return Files.exists(file) ? Files.readString(file).strip() : "";
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Opens a page. */
    public void open(URI link) {
        call("WebDriver:Navigate", Map.of("url", link.toString()));
    }

    /** What a script returns in the page. */
    public JsonNode script(String script, Object... arguments) {
        return call("WebDriver:ExecuteScript", Map.of("script", script, "args", Arrays.asList(arguments)))
                .path("value");
    }

    /** Waits for an element that is to be seen, with a text in it. */
    public void see(String selector, String text) {
        Eventually.holds(selector + " with " + text, () -> !find(selector, text).isEmpty());
    }

    /** Clicks such an element, as a mouse does. */
    public void click(String selector, String text) {
        see(selector, text);
        call("WebDriver:ElementClick", Map.of("id", find(selector, text)));
    }

    /** Types into a field. */
    public void type(String selector, String text) {
        see(selector, "");
        call("WebDriver:ElementSendKeys", Map.of("id", find(selector, ""), "text", text));
    }

    /** The reference of the first such element; empty if there is none. */
    private String find(String selector, String text) {
        JsonNode found = script("""
                return [...document.querySelectorAll(arguments[0])].find((element) =>
                    element.checkVisibility() && element.innerText.includes(arguments[1])) ?? null;
                """, selector, text);
        return found.isObject() ? found.elements().next().asText() : "";
    }

    private JsonNode call(String name, Map<String, ?> parameters) {
        try {
            return marionette.call(name, parameters);
        } catch (IOException e) {
            throw new UncheckedIOException(name, e);
        }
    }

    @Override
    public void close() throws Exception {
        try (marionette) {
            marionette.quit();
            process.waitFor(END_SECONDS, TimeUnit.SECONDS);
        } finally {
            process.destroyForcibly().waitFor();
        }
    }
}
