package io.github.captureproxy.examples.browser;

import io.github.captureproxy.examples.browser.InstalledBrowser.Brand;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * Where browsers are on each system.
 *
 * @param desktop the machine
 */
record BrowserPlaces(Desktop desktop) {
    private static final List<String> WINDOWS_FOLDERS = List.of("PROGRAMFILES", "PROGRAMFILES(X86)", "LOCALAPPDATA");

    /** The program of a browser. */
    Optional<Path> find(Brand brand) {
        Optional<Path> onPath = commands(brand).stream()
                .flatMap(command -> desktop.onPath(command).stream())
                .findFirst();
        return onPath.or(() -> Desktop.first(
                switch (desktop.system()) {
                    case LINUX -> linux(brand);
                    case MACOS -> macos(brand);
                    case WINDOWS -> windows(brand);
                }));
    }

    private List<String> commands(Brand brand) {
        return switch (brand) {
            case CHROMIUM -> List.of("chromium", "chromium-browser");
            case CHROME -> List.of("google-chrome", "google-chrome-stable", "chrome");
            case EDGE -> List.of("microsoft-edge", "microsoft-edge-stable", "msedge");
            case FIREFOX -> List.of("firefox", "firefox-esr");
        };
    }

    private List<Path> linux(Brand brand) {
        List<String> files = switch (brand) {
            case CHROMIUM -> List.of("usr/lib/chromium/chromium", "snap/bin/chromium");
            case CHROME -> List.of("opt/google/chrome/chrome");
            case EDGE -> List.of("opt/microsoft/msedge/msedge");
            case FIREFOX -> List.of("usr/lib/firefox/firefox", "usr/lib/firefox-esr/firefox-esr", "snap/bin/firefox");
        };
        return files.stream().map(desktop.root()::resolve).toList();
    }

    private List<Path> macos(Brand brand) {
        String file = switch (brand) {
            case CHROMIUM -> "Chromium.app/Contents/MacOS/Chromium";
            case CHROME -> "Google Chrome.app/Contents/MacOS/Google Chrome";
            case EDGE -> "Microsoft Edge.app/Contents/MacOS/Microsoft Edge";
            case FIREFOX -> "Firefox.app/Contents/MacOS/firefox";
        };
        return Stream.of(desktop.root(), desktop.home())
                .map(folder -> folder.resolve("Applications").resolve(file))
                .toList();
    }

    private List<Path> windows(Brand brand) {
        String file = switch (brand) {
            case CHROMIUM -> "Chromium/Application/chrome.exe";
            case CHROME -> "Google/Chrome/Application/chrome.exe";
            case EDGE -> "Microsoft/Edge/Application/msedge.exe";
            case FIREFOX -> "Mozilla Firefox/firefox.exe";
        };
        return WINDOWS_FOLDERS.stream()
                .map(variable -> desktop.environment().getOrDefault(variable, ""))
                .filter(folder -> !folder.isEmpty())
                .map(folder -> Path.of(folder).resolve(file))
                .toList();
    }
}
