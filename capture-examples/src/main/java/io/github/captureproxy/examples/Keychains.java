package io.github.captureproxy.examples;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** The keychains of macOS, which browsers there go by: the user's own, and the system's. */
record Keychains(Machine machine, Programs programs) {
    private static final Path SYSTEM = Path.of("/Library/Keychains/System.keychain");

    static Path login(Machine machine) {
        return machine.home().resolve("Library/Keychains/login.keychain-db");
    }

    /** Takes the authority out of the user's own, and tells how to do so with the system's if it is there. */
    List<Removal> remove(StoredAuthority authority) {
        List<Removal> removals = new ArrayList<>();
        if (holds(login(machine), authority)) {
            removals.add(
                    programs.run(deletion(login(machine), authority)) == 0
                            ? Removal.done(login(machine).toString())
                            : Removal.left(words(login(machine), authority)));
        }
        if (holds(SYSTEM, authority)) {
            removals.add(Removal.left("sudo " + words(SYSTEM, authority)));
        }
        return removals;
    }

    private boolean holds(Path keychain, StoredAuthority authority) {
        return programs.run(List.of("security", "find-certificate", "-c", authority.name(), keychain.toString())) == 0;
    }

    private static List<String> deletion(Path keychain, StoredAuthority authority) {
        return List.of("security", "delete-certificate", "-c", authority.name(), "-t", keychain.toString());
    }

    private String words(Path keychain, StoredAuthority authority) {
        return String.join(
                " ", deletion(keychain, authority).stream().map(machine::quoted).toList());
    }
}
