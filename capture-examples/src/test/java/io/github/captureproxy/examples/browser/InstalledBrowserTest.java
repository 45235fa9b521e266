package io.github.captureproxy.examples.browser;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.captureproxy.examples.browser.InstalledBrowser.Brand;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.DisabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;

/** Where browsers are found, on machines whose folders are the test's own. */
@DisabledOnOs(OS.WINDOWS)
class InstalledBrowserTest {
    @TempDir
    Path folder;

    @Test
    void oneOnThePathIsFoundBeforeOthers() throws Exception {
        Path onPath = program("bin/google-chrome");
        program("root/opt/google/chrome/chrome");

        assertThat(InstalledBrowser.find("Chrome", linux())).contains(new InstalledBrowser(Brand.CHROME, onPath));
    }

    @Test
    void eachSystemHasItsOwnPlaces() throws Exception {
        Path mac = program("home/Applications/Microsoft Edge.app/Contents/MacOS/Microsoft Edge");
        Path windows = program("programs/Mozilla Firefox/firefox.exe");
        Path linux = program("root/usr/lib/firefox-esr/firefox-esr");

        assertThat(InstalledBrowser.find("edge", desktop(Desktop.Kind.MACOS, Map.of())))
                .map(InstalledBrowser::program)
                .contains(mac);
        assertThat(InstalledBrowser.find("firefox", linux()))
                .map(InstalledBrowser::program)
                .contains(linux);
        Map<String, String> programs =
                Map.of("PROGRAMFILES", folder.resolve("programs").toString());
        assertThat(InstalledBrowser.find("firefox", desktop(Desktop.Kind.WINDOWS, programs)))
                .map(InstalledBrowser::program)
                .contains(windows);
    }

    @Test
    void anyIsTheFirstThatIsThere() throws Exception {
        program("bin/firefox");
        assertThat(InstalledBrowser.find(InstalledBrowser.ANY, linux()))
                .map(InstalledBrowser::brand)
                .contains(Brand.FIREFOX);
        program("bin/chromium");

        assertThat(InstalledBrowser.find(InstalledBrowser.ANY, linux()))
                .map(InstalledBrowser::brand)
                .contains(Brand.CHROMIUM);
    }

    @Test
    void aFileThatIsNoProgramIsNone() throws Exception {
        Files.createDirectories(folder.resolve("bin"));
        Files.createFile(folder.resolve("bin/chromium"));

        assertThat(InstalledBrowser.find("chromium", linux())).isEmpty();
    }

    @Test
    void anUnknownNameIsRefusedWithThoseThatAreKnown() {
        assertThatThrownBy(() -> InstalledBrowser.find("opera", linux()))
                .hasMessage("\"opera\" is no browser that is known here: give one of chromium, chrome, edge, firefox, "
                        + "or none for the first of them that is installed");
    }

    private Desktop linux() {
        return desktop(
                Desktop.Kind.LINUX, Map.of("PATH", folder.resolve("bin") + ":" + folder.resolve("nowhere") + "::"));
    }

    private Desktop desktop(Desktop.Kind kind, Map<String, String> environment) {
        return new Desktop(kind, folder.resolve("home"), folder.resolve("root"), environment);
    }

    private Path program(String name) throws Exception {
        Path file = folder.resolve(name);
        Files.createDirectories(file.getParent());
        Files.createFile(file);
        assertThat(file.toFile().setExecutable(true)).isTrue();
        return file;
    }
}
