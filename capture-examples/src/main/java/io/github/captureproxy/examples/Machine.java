package io.github.captureproxy.examples;

import io.github.captureproxy.examples.browser.Desktop;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;

/**
 * The machine and the user whom the program runs for; tests have one of their own.
 *
 * @param system its operating system
 * @param home the user's home folder
 * @param root where the system's own folders are
 * @param environment the process's environment
 */
record Machine(OperatingSystem system, Path home, Path root, Map<String, String> environment) {
    /** This one. {@code HOME} counts before the user's entry in the system's list, as it does for other programs. */
    static Machine current() {
        Map<String, String> environment = System.getenv();
        OperatingSystem system = OperatingSystem.of(System.getProperty("os.name", ""));
        String home = system == OperatingSystem.WINDOWS ? "" : environment.getOrDefault("HOME", "");
        return new Machine(
                system, Path.of(home.isEmpty() ? System.getProperty("user.home") : home), Path.of("/"), environment);
    }

    /** Where this program keeps what is the user's, by the customs of the system. */
    Path configurationFolder() {
        return switch (system) {
            case LINUX ->
                folder("XDG_CONFIG_HOME").orElse(home.resolve(".config")).resolve("capture-proxy");
            case MACOS -> home.resolve("Library/Application Support/Capture Proxy");
            case WINDOWS ->
                folder("APPDATA").orElse(home.resolve("AppData/Roaming")).resolve("Capture Proxy");
        };
    }

    /** Where this program keeps what it gathers, by the customs of the system. */
    Path dataFolder() {
        return system == OperatingSystem.LINUX
                ? folder("XDG_DATA_HOME").orElse(home.resolve(".local/share")).resolve("capture-proxy")
                : configurationFolder();
    }

    /** A folder that the environment names; a relative one counts for none, as the XDG specification has it. */
    private Optional<Path> folder(String variable) {
        return Optional.of(environment.getOrDefault(variable, ""))
                .filter(value -> !value.isEmpty())
                .map(Path::of)
                .filter(Path::isAbsolute);
    }

    /** The same for what looks for browsers. */
    Desktop desktop() {
        return new Desktop(Desktop.Kind.valueOf(system.name()), home, root, environment);
    }

    /** A word as this system's usual shell takes it. */
    String quoted(Object word) {
        return system.quoted(word.toString());
    }
}
