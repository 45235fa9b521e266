package io.github.captureproxy.examples.browser;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * What a search for browsers, and their start, have to know of the machine; tests have one of their own. Immutable.
 *
 * @param system its operating system
 * @param home the user's home folder
 * @param root where the system's own folders are
 * @param environment the process's environment
 */
public record Desktop(Kind system, Path home, Path root, Map<String, String> environment) {
    /** The administrator's number on Unix. */
    private static final Integer ROOT_USER = 0;

    /** Copies the environment. */
    public Desktop {
        environment = Map.copyOf(environment);
    }

    /** The kinds of desktop that differ in where browsers are. */
    public enum Kind {
        /** Linux, and what is much like it. */
        LINUX,
        /** Apple's. */
        MACOS,
        /** Microsoft's. */
        WINDOWS
    }

    /**
     * This machine, for the user whom the process runs for.
     *
     * @return a new value
     */
    public static Desktop current() {
        String name = System.getProperty("os.name", "").toLowerCase(Locale.ROOT);
        Kind kind = name.startsWith("windows") ? Kind.WINDOWS : name.startsWith("mac") ? Kind.MACOS : Kind.LINUX;
        return new Desktop(kind, Path.of(System.getProperty("user.home")), Path.of("/"), System.getenv());
    }

    /**
     * Whether a window can be shown.
     *
     * @return false on Linux where neither {@code DISPLAY} nor {@code WAYLAND_DISPLAY} is set
     */
    public boolean hasDisplay() {
        return system != Kind.LINUX || isSet("DISPLAY") || isSet("WAYLAND_DISPLAY");
    }

    private boolean isSet(String variable) {
        return !environment.getOrDefault(variable, "").isEmpty();
    }

    /** Whether the process is the administrator's, for whom Chromium's sandbox doesn't start. */
    boolean isRoot() {
        if (system != Kind.LINUX) {
            return false;
        }
        try {
            return ROOT_USER.equals(Files.getAttribute(root.resolve("proc/self"), "unix:uid"));
        } catch (IOException | UnsupportedOperationException e) {
            return false; // it can't be told: the browser itself says so, if it matters
        }
    }

    /** A program in the folders that the environment names. */
    Optional<Path> onPath(String program) {
        String file = system == Kind.WINDOWS ? program + ".exe" : program;
        String separator = system == Kind.WINDOWS ? ";" : ":";
        return Stream.of(environment.getOrDefault("PATH", "").split(Pattern.quote(separator)))
                .filter(folder -> !folder.isBlank())
                .map(folder -> Path.of(folder).resolve(file))
                .filter(Desktop::isProgram)
                .findFirst();
    }

    /** The first of some files that is a program. */
    static Optional<Path> first(List<Path> files) {
        return files.stream().filter(Desktop::isProgram).findFirst();
    }

    private static boolean isProgram(Path file) {
        return Files.isRegularFile(file) && Files.isExecutable(file);
    }
}
