package io.github.captureproxy.examples;

import java.io.IOException;
import java.io.InputStream;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.openqa.selenium.By;
import org.openqa.selenium.WebElement;
import org.openqa.selenium.chrome.ChromeDriver;
import org.openqa.selenium.chrome.ChromeDriverService;
import org.openqa.selenium.chrome.ChromeOptions;
import org.openqa.selenium.support.ui.ExpectedConditions;
import org.openqa.selenium.support.ui.WebDriverWait;

/** The installed Chromium with a page in it. */
public final class PageBrowser implements AutoCloseable {
    private static final Duration PATIENCE = Duration.ofSeconds(30);

    private final ChromeDriver driver;

    private PageBrowser(ChromeDriver driver) {
        this.driver = driver;
    }

    /** Why there is none; empty if there is one. */
    public static Optional<String> missing() {
        if (program("chromium", "chromium-browser", "google-chrome").isEmpty()) {
            return Optional.of("Chromium isn't installed");
        }
        return program("chromedriver").isPresent() ? Optional.empty() : Optional.of("chromedriver isn't installed");
    }

    public static PageBrowser start(Path profile) {
        ChromeOptions options = new ChromeOptions()
                .setBinary(program("chromium", "chromium-browser", "google-chrome")
                        .orElseThrow()
                        .toFile())
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
                        "--user-data-dir=" + profile);
        ChromeDriverService service = new ChromeDriverService.Builder()
                .usingDriverExecutable(program("chromedriver").orElseThrow().toFile())
                .usingAnyFreePort()
                .build();
        return new PageBrowser(new ChromeDriver(service, options));
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

    void open(URI link) {
        driver.get(link.toString());
    }

    /** A view of the page that is open. */
    void show(String view) {
        driver.executeScript("location.hash = arguments[0]", "#/" + view);
    }

    /** The first element that a CSS selector finds and that is to be seen, as soon as there is one. */
    WebElement see(String selector) {
        return wait(selector).until(ExpectedConditions.visibilityOfElementLocated(By.cssSelector(selector)));
    }

    /** Waits until an element has a text. */
    void seeText(String selector, String text) {
        wait(selector + " with " + text)
                .until(ExpectedConditions.textToBePresentInElementLocated(By.cssSelector(selector), text));
    }

    private WebDriverWait wait(String what) {
        WebDriverWait wait = new WebDriverWait(driver, PATIENCE);
        wait.withMessage(() -> "waiting for " + what + "; the page says: " + text());
        return wait;
    }

    /** All text that is to be seen. */
    String text() {
        return driver.findElement(By.tagName("body")).getText();
    }

    /** What axe finds that keeps people from using the page as it is now, of serious or critical impact. */
    List<?> axeViolations() throws IOException {
        try (InputStream axe = PageBrowser.class.getResourceAsStream("/axe.min.js")) {
            driver.executeScript(new String(axe.readAllBytes(), StandardCharsets.UTF_8));
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
