package io.github.captureproxy.examples;

import java.io.IOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** The certificate databases that Chromium and Firefox keep for a user on Linux, each in a folder with cert9.db. */
record NssDatabases(Machine machine, Programs programs) {
    /** Databases, by a folder in the home folder and a pattern of what is below it; beside those of Snap and Flatpak. */
    private static final List<String> CHROMIUM = List.of(".pki/nssdb", ".local/share/pki/nssdb");

    private static final List<String> FIREFOX = List.of(".mozilla/firefox", ".config/mozilla/firefox");
    private static final List<String> BOXES = List.of("snap/*/common", "snap/*/current", ".var/app/*");

    /** The one that Chromium goes by, or would if it were there: the newer place counts only where the older is not. */
    static Path ofChromium(Path home) {
        return CHROMIUM.stream()
                .map(home::resolve)
                .filter(Files::isDirectory)
                .findFirst()
                .orElse(home.resolve(CHROMIUM.get(0)));
    }

    /** Takes the authority out of all that hold it, or tells how to. */
    List<Removal> remove(StoredAuthority authority) {
        List<Removal> removals = new ArrayList<>();
        for (Path database : find()) {
            switch (programs.run(certutil(database, "-L", authority))) {
                case 0 -> removals.add(removed(database, authority));
                case Programs.NOT_FOUND ->
                    removals.add(Removal.left(words(database, authority)
                            + "   (if it is there; certutil comes with libnss3-tools or nss-tools)"));
                default -> {} // it is not there
            }
        }
        return removals;
    }

    private Removal removed(Path database, StoredAuthority authority) {
        return programs.run(certutil(database, "-D", authority)) == 0
                ? Removal.done(database.toString())
                : Removal.left(words(database, authority));
    }

    private static List<String> certutil(Path database, String action, StoredAuthority authority) {
        return List.of("certutil", "-d", "sql:" + database, action, "-n", authority.name());
    }

    private String words(Path database, StoredAuthority authority) {
        return String.join(
                " ",
                certutil(database, "-D", authority).stream()
                        .map(machine::quoted)
                        .toList());
    }

    /** Those that there are. */
    List<Path> find() {
        List<Path> homes = new ArrayList<>(List.of(machine.home()));
        BOXES.forEach(box -> homes.addAll(matching(machine.home(), box)));
        List<Path> databases = new ArrayList<>();
        for (Path home : homes) {
            CHROMIUM.forEach(folder -> databases.add(home.resolve(folder)));
            FIREFOX.forEach(folder -> databases.addAll(matching(home, folder + "/*")));
        }
        return databases.stream()
                .filter(folder -> Files.isRegularFile(folder.resolve("cert9.db")))
                .toList();
    }

    /** The folders that a path with at most one star in place of a name stands for. */
    private static List<Path> matching(Path home, String pattern) {
        String[] parts = pattern.split("\\*", 2);
        Path parent = home.resolve(parts[0]);
        String below = parts.length > 1 && parts[1].startsWith("/") ? parts[1].substring(1) : "";
        List<Path> found = new ArrayList<>();
        if (Files.isDirectory(parent)) {
            try (DirectoryStream<Path> children = Files.newDirectoryStream(parent)) {
                children.forEach(child -> found.add(child.resolve(below)));
            } catch (IOException e) {
                return List.of(); // not for this user to read, so not this user's browser
            }
        }
        return found;
    }
}
