package io.github.captureproxy.examples.browser;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** The folder of a browser's profile: a fresh one that is deleted at the end, or one that is kept. */
final class ProfileFolder {
    /** A browser's last processes write for a moment after its first has ended. */
    private static final int DELETIONS = 30;

    private static final long BETWEEN_DELETIONS_NANOS = TimeUnit.MILLISECONDS.toNanos(100);

    /** Links that a running browser keeps in its profile, whose target ends in the number of its process. */
    private static final List<String> LOCKS = List.of("SingletonLock", "lock");

    private static final Pattern PROCESS = Pattern.compile("[-+]([0-9]{1,18})$");

    /** Shows that a profile of Firefox was made here, and is not one whose settings somebody else needs. */
    private static final String MARK = "capture-proxy-profile";

    private final Path folder;
    private final boolean fresh;

    private ProfileFolder(Path folder, boolean fresh) {
        this.folder = folder;
        this.fresh = fresh;
    }

    /** Makes a fresh one, readable by its owner alone, where the browser can get at it. */
    static ProfileFolder fresh(InstalledBrowser browser, Desktop desktop) throws IOException {
        Path boxed =
                desktop.home().resolve("snap").resolve(browser.brand().word()).resolve("common");
        boolean isBoxed =
                Files.exists(desktop.root().resolve("snap/bin").resolve(fileName(browser))) && Files.isDirectory(boxed);
        String prefix = "capture-browser-";
        return new ProfileFolder(
                isBoxed ? Files.createTempDirectory(boxed, prefix) : Files.createTempDirectory(prefix), true);
    }

    private static String fileName(InstalledBrowser browser) {
        return String.valueOf(browser.program().getFileName());
    }

    /** Takes one that is to be kept, and makes it if it isn't there. */
    static ProfileFolder kept(Path folder, InstalledBrowser browser) throws IOException {
        if (Files.exists(folder) && !Files.isDirectory(folder)) {
            throw new BrowserException(folder + " is no folder: give one for the browser's profile");
        }
        if (isInUse(folder)) {
            throw new BrowserException("a browser that is running uses the profile " + folder
                    + ": close that browser, or use another folder");
        }
        if (!browser.brand().isChromium()) {
            mark(folder);
        }
        Files.createDirectories(folder);
        return new ProfileFolder(folder, false);
    }

    /** Firefox keeps the proxy and the authority in its profile, so nobody's everyday one may be taken. */
    private static void mark(Path folder) throws IOException {
        if (Files.exists(folder.resolve(MARK))) {
            return;
        }
        Files.createDirectories(folder);
        try (Stream<Path> files = Files.list(folder)) {
            if (files.findAny().isPresent()) {
                throw new BrowserException(folder + " holds something already: Firefox keeps the proxy and the "
                        + "authority in its profile, so give a new or an empty folder");
            }
        }
        Files.createFile(folder.resolve(MARK));
    }

    private static boolean isInUse(Path folder) {
        return LOCKS.stream().anyMatch(name -> isHeld(folder.resolve(name)));
    }

    private static boolean isHeld(Path lock) {
        if (!Files.isSymbolicLink(lock)) {
            return false;
        }
        try {
            Matcher process = PROCESS.matcher(Files.readSymbolicLink(lock).toString());
            return process.find()
                    && ProcessHandle.of(Long.parseLong(process.group(1))).isPresent();
        } catch (IOException e) {
            return false; // it went a moment ago
        }
    }

    Path path() {
        return folder;
    }

    /** Deletes a fresh one; gives what it says if that can't be done. */
    Optional<String> end() {
        if (!fresh) {
            return Optional.empty();
        }
        IOException problem = delete();
        for (int i = 1; i < DELETIONS && problem != null; i++) {
            LockSupport.parkNanos(BETWEEN_DELETIONS_NANOS);
            problem = delete();
        }
        return Optional.ofNullable(problem)
                .map(e -> "the browser's profile " + folder + " can't be deleted: " + e.getMessage());
    }

    @Nullable
    private IOException delete() {
        if (!Files.exists(folder)) {
            return null;
        }
        try (Stream<Path> all = Files.walk(folder)) {
            for (Path each : all.sorted(Comparator.reverseOrder()).toList()) {
                Files.deleteIfExists(each);
            }
            return null;
        } catch (IOException e) {
            return e;
        } catch (UncheckedIOException e) {
            return e.getCause();
        }
    }
}
