package io.github.captureproxy.examples;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import java.util.Map;

/** A shell script in adb's place, in a test's folder, that notes how it is called, and keeps the setting of devices. */
final class FakeAdb {
    private final Path folder;

    /** Puts one there that knows of one device, ABC123, which has no proxy. */
    FakeAdb(Path folder) throws IOException {
        this.folder = folder;
        behave("List of devices attached\\nABC123\\tdevice\\n", "null", "");
    }

    /** From now on: what it says to devices, the setting they have until it is set, and a call that fails. */
    void behave(String devices, String setting, String failing) throws IOException {
        Path kept = Folders.file(folder.resolve("setting"), setting + "\n");
        Path adb = Folders.file(
                folder.resolve("bin/adb"),
                "#!/bin/sh\necho \"$*\" >> '" + folder.resolve("calls") + "'\n"
                        + (failing.isEmpty()
                                ? ""
                                : "case \"$*\" in *" + failing + "*) echo 'adb: error: broken' >&2; exit 1;; esac\n")
                        + "case \"$*\" in\n  devices) printf '" + devices + "';;\n"
                        + "  *'settings get'*) cat '" + kept + "';;\n"
                        + "  *'settings put'*) echo \"$8\" > '" + kept + "';;\nesac\n");
        Files.setPosixFilePermissions(adb, PosixFilePermissions.fromString("rwx------"));
    }

    /** A machine on whose path it is. */
    Machine machine() {
        return Folders.machine(folder, Map.of("PATH", folder.resolve("nothing") + ":" + folder.resolve("bin")));
    }

    /** The arguments of each call so far. */
    List<String> calls() throws IOException {
        Path calls = folder.resolve("calls");
        return Files.exists(calls) ? Files.readAllLines(calls) : List.of();
    }
}
