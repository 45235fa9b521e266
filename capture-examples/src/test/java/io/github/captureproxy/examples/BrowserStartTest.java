package io.github.captureproxy.examples;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.DisabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;

/** Which browser is started, and what is said where none can be. */
@DisabledOnOs(OS.WINDOWS)
class BrowserStartTest {
    @TempDir
    Path folder;

    private final BrowserOptions options = new BrowserOptions();

    @Test
    void withoutTheOptionThereIsNone() {
        assertThat(BrowserStart.of(options, machine(Map.of()))).isEmpty();
    }

    @Test
    void oneThatIsNotInstalledIsSaidSo() {
        options.browser = "edge";
        assertThatThrownBy(() -> BrowserStart.of(options, machine(Map.of())))
                .hasMessage("--browser: edge is not found on PATH or where it is usually installed: install it, put it "
                        + "on PATH, or give another of chromium, chrome, edge, firefox");
        options.browser = "any";
        assertThatThrownBy(() -> BrowserStart.of(options, machine(Map.of())))
                .hasMessageStartingWith("--browser: none of chromium, chrome, edge, firefox is found");
        options.browser = "opera";
        assertThatThrownBy(() -> BrowserStart.of(options, machine(Map.of())))
                .hasMessageStartingWith("--browser \"opera\" is no browser that is known here");
    }

    @Test
    void aWindowNeedsADisplay() throws Exception {
        Path program = Files.createDirectories(folder.resolve("bin")).resolve("chromium");
        assertThat(Files.createFile(program).toFile().setExecutable(true)).isTrue();
        String path = program.getParent().toString();
        options.browser = "any";

        assertThatThrownBy(() -> BrowserStart.of(options, machine(Map.of("PATH", path))))
                .hasMessageContaining("there is no display here")
                .hasMessageContaining("--headless");
        assertThat(BrowserStart.of(options, machine(Map.of("PATH", path, "WAYLAND_DISPLAY", "wayland-0"))))
                .isPresent();
        options.headless = true;
        assertThat(BrowserStart.of(options, machine(Map.of("PATH", path)))).isPresent();
    }

    private Machine machine(Map<String, String> environment) {
        return Folders.machine(folder, environment);
    }
}
