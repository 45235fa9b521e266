package io.github.captureproxy.examples;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.InputStream;
import java.net.URI;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.function.Supplier;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.openqa.selenium.By;
import org.openqa.selenium.Dimension;
import org.openqa.selenium.ElementNotInteractableException;
import org.openqa.selenium.Keys;
import org.openqa.selenium.StaleElementReferenceException;
import org.openqa.selenium.WebDriver;
import org.openqa.selenium.WebElement;
import org.openqa.selenium.chrome.ChromeDriver;
import org.openqa.selenium.chrome.ChromeDriverService;
import org.openqa.selenium.chrome.ChromeOptions;
import org.openqa.selenium.interactions.Actions;
import org.openqa.selenium.support.ui.WebDriverWait;

/** The installed Chromium with a page in it, as a person uses it: each step waits until it can be done. */
public final class PageBrowser implements AutoCloseable {
    private static final Duration PATIENCE = Duration.ofSeconds(30);
    private static final Duration POLL = Duration.ofMillis(50);

    /** Notes what goes wrong in the page itself; what a sandbox in it keeps from happening is none of that. */
    private static final String WATCH = """
            if (window === top) {
              window.wrongs = [];
              document.addEventListener('securitypolicyviolation',
                  (event) => wrongs.push('policy: ' + event.violatedDirective + ' ' + event.blockedURI));
              window.addEventListener('error', (event) => wrongs.push('error: ' + event.message));
              window.addEventListener('unhandledrejection', (event) => wrongs.push('rejection: ' + event.reason));
            }
            """;

    private final ChromeDriver driver;
    private final Path downloads;

    private PageBrowser(ChromeDriver driver, Path downloads) {
        this.driver = driver;
        this.downloads = downloads;
    }

    /** Why there is none; empty if there is one. */
    public static Optional<String> missing() {
        if (program("chromium", "chromium-browser", "google-chrome").isEmpty()) {
            return Optional.of("Chromium isn't installed");
        }
        return program("chromedriver").isPresent() ? Optional.empty() : Optional.of("chromedriver isn't installed");
    }

    /** One whose profile and downloads are in a folder. */
    public static PageBrowser start(Path folder) throws IOException {
        Path downloads = Files.createDirectories(folder.resolve("downloads"));
        ChromeOptions options = new ChromeOptions()
                .setBinary(program("chromium", "chromium-browser", "google-chrome")
                        .orElseThrow()
                        .toFile())
                .setExperimentalOption("prefs", Map.of("download.default_directory", downloads.toString()))
                .addArguments(
                        "--headless=new",
                        "--no-sandbox",
                        "--disable-gpu",
                        "--disable-dev-shm-usage",
                        "--disable-quic",
                        "--no-first-run",
                        "--disable-background-networking",
                        "--disable-component-update",
                        "--disable-sync",
                        "--window-size=1440,900",
                        "--user-data-dir=" + folder.resolve("profile"));
        ChromeDriverService service = new ChromeDriverService.Builder()
                .usingDriverExecutable(program("chromedriver").orElseThrow().toFile())
                .usingAnyFreePort()
                .build();
        return new PageBrowser(new ChromeDriver(service, options), downloads);
    }

    private static Optional<Path> program(String... names) {
        List<String> folders = List.of(System.getenv().getOrDefault("PATH", "").split(":"));
        return Stream.of(names)
                .flatMap(name -> folders.stream().map(folder -> Path.of(folder, name)))
                .filter(Files::isExecutable)
                .findFirst();
    }

    /** What drives it. */
    public ChromeDriver driver() {
        return driver;
    }

    /** Opens the page by its link. */
    void open(URI link) {
        driver.executeCdpCommand("Page.addScriptToEvaluateOnNewDocument", Map.of("source", WATCH));
        driver.executeCdpCommand(
                "Browser.grantPermissions",
                Map.of("permissions", List.of("clipboardReadWrite", "clipboardSanitizedWrite")));
        driver.get(link.toString());
        see("capture-app main");
    }

    /** A view of the page that is open. */
    void show(String view) {
        driver.executeScript("location.hash = arguments[0]", "#/" + view);
    }

    /** The list of what a filter lets in; of everything for an empty one. The newest is above. */
    void list(String filter) {
        show("traffic?desc=1&filter=" + URLEncoder.encode(filter, StandardCharsets.UTF_8));
    }

    /** The detail of the first call of the list whose row has a text. */
    void openDetail(String text) {
        click("[data-row]", text);
        seeText("exchange-detail .url", text);
    }

    /** Chooses tabs, each within the one before. */
    void tab(String... tabs) {
        for (String tab : tabs) {
            click("[role=tab][data-tab=" + tab + "]");
            see("[role=tab][data-tab=" + tab + "][aria-selected=true]");
        }
    }

    /** The first element of a selector, as soon as it is to be seen. */
    WebElement see(String selector) {
        return seeText(selector, "");
    }

    /** The first element of a selector that has a text, likewise. */
    WebElement seeText(String selector, String text) {
        return until(selector + " with " + text, () -> found(selector, text));
    }

    /** In one go, as looking at each element by itself takes long. */
    private @Nullable WebElement found(String selector, String text) {
        return (WebElement) script("""
                return [...document.querySelectorAll(arguments[0])].find((element) =>
                    element.checkVisibility() && (element.innerText ?? '').includes(arguments[1])) ?? null;
                """, selector, text);
    }

    /** Waits until nothing matches a selector. */
    void seeNone(String selector) {
        until(
                "no " + selector,
                () -> driver.findElements(By.cssSelector(selector)).isEmpty());
    }

    /** Waits until something holds, trying it again while the page changes under it. */
    <T> T until(String what, Supplier<@Nullable T> attempt) {
        WebDriverWait wait = new WebDriverWait(driver, PATIENCE);
        wait.pollingEvery(POLL).withMessage(() -> "waiting for " + what + "; the page says: " + text("body"));
        wait.ignoring(StaleElementReferenceException.class);
        return wait.until(page -> attempt.get());
    }

    void click(String selector) {
        click(selector, "");
    }

    /** Clicks the first element of a selector that has a text. */
    void click(String selector, String text) {
        clicked(selector, text, WebElement::click);
    }

    /** Clicks likewise, with Ctrl held down. */
    void clickToo(String selector, String text) {
        clicked(
                selector,
                text,
                element -> new Actions(driver)
                        .keyDown(Keys.CONTROL)
                        .click(element)
                        .keyUp(Keys.CONTROL)
                        .perform());
    }

    private void clicked(String selector, String text, Consumer<WebElement> click) {
        until("a click on " + selector + " " + text, () -> {
            try {
                WebElement element = found(selector, text);
                if (element == null) {
                    return false;
                }
                click.accept(element);
                return true;
            } catch (ElementNotInteractableException e) {
                return false; // something is in front of it for a moment
            }
        });
    }

    /** Types in the place of what is in a field. */
    void type(String selector, String text) {
        see(selector).sendKeys(Keys.chord(Keys.CONTROL, "a"), text);
    }

    /** Presses keys wherever one is. */
    void press(CharSequence... keys) {
        driver.switchTo().activeElement().sendKeys(keys);
    }

    /** Chooses a file in a field that nobody needs to see. */
    void choose(String selector, Path file) {
        driver.findElement(By.cssSelector(selector)).sendKeys(file.toString());
    }

    /** All text of an element that is to be seen. */
    String text(String selector) {
        return String.join("\n", texts(selector));
    }

    /** The texts of all elements of a selector. */
    List<String> texts(String selector) {
        return ((List<?>) script(
                        "return [...document.querySelectorAll(arguments[0])].map((element) => element.innerText.trim())",
                        selector))
                .stream().map(String::valueOf).toList();
    }

    /** An attribute or property of the first element of a selector. */
    String attribute(String selector, String name) {
        return String.valueOf(see(selector).getAttribute(name));
    }

    Object script(String script, Object... arguments) {
        return driver.executeScript(script, arguments);
    }

    /** What a person would paste. */
    String clipboard() {
        return String.valueOf(driver.executeAsyncScript("""
                const done = arguments[arguments.length - 1];
                navigator.clipboard.readText().then(done, (error) => done('refused: ' + error));
                """));
    }

    /** A file that the page saves. */
    Path downloaded(String name) {
        Path file = downloads.resolve(name);
        return until(name + " in the downloads", () -> Files.exists(file) ? file : null);
    }

    /** Nothing of the page itself has failed, broken its policy, or been put into it by what was captured. */
    void isUnharmed() {
        assertThat((List<?>) script("return window.wrongs")).isEmpty();
        assertThat(script("return window.owned"))
                .as("a script that was captured has run")
                .isNull();
        assertThat(driver.getTitle()).endsWith("Capture Proxy");
    }

    /** Does something in a window that has as little room as a usual one at 200 %. */
    void inLowWindow(Runnable steps) {
        WebDriver.Window window = driver.manage().window();
        Dimension usual = window.getSize();
        window.setSize(new Dimension(720, 560));
        try {
            steps.run();
        } finally {
            window.setSize(usual);
        }
    }

    /** Does something in a window of so many pixels, which may be less than a desktop lets a window have. */
    void inWindowOf(int width, int height, Runnable steps) {
        driver.executeCdpCommand(
                "Emulation.setDeviceMetricsOverride",
                Map.of("width", width, "height", height, "deviceScaleFactor", 1, "mobile", false));
        try {
            steps.run();
        } finally {
            driver.executeCdpCommand("Emulation.clearDeviceMetricsOverride", Map.of());
        }
    }

    /** Says what colours a person prefers, light or dark. */
    void prefer(String scheme) {
        driver.executeCdpCommand(
                "Emulation.setEmulatedMedia",
                Map.of("features", List.of(Map.of("name", "prefers-color-scheme", "value", scheme))));
    }

    /** What axe finds that keeps people from using the page as it is now, of serious or critical impact. */
    List<?> axeViolations() throws IOException {
        try (InputStream axe = PageBrowser.class.getResourceAsStream("/axe.min.js")) {
            script(new String(axe.readAllBytes(), StandardCharsets.UTF_8));
        }
        return (List<?>) driver.executeAsyncScript("""
                const done = arguments[arguments.length - 1];
                axe.run(document, { resultTypes: ['violations'] }).then((results) => done(results.violations
                    .filter((rule) => ['serious', 'critical'].includes(rule.impact))
                    .map((rule) => rule.id + ': ' + rule.nodes.map((node) => node.html).join(' | '))));
                """);
    }

    @Override
    public void close() {
        driver.quit();
    }
}
