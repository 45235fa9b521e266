package io.github.captureproxy.examples;

import java.util.ArrayList;
import java.util.List;

/** The stores of Windows, which browsers there go by: the user's own, and the machine's. */
record WindowsStores(Machine machine, Programs programs) {
    /** Takes the authority out of the user's own, and tells how to do so with the machine's if it is there. */
    List<Removal> remove(StoredAuthority authority) {
        String name = authority.name();
        String delete = "-delstore Root " + machine.quoted(name);
        List<Removal> removals = new ArrayList<>();
        if (programs.run(List.of("certutil", "-user", "-store", "Root", name)) == 0) {
            removals.add(
                    programs.run(List.of("certutil", "-user", "-delstore", "Root", name)) == 0
                            ? Removal.done("the user's store Root")
                            : Removal.left("certutil -user " + delete));
        }
        if (programs.run(List.of("certutil", "-store", "Root", name)) == 0) {
            removals.add(Removal.left("as administrator: certutil " + delete));
        }
        return removals;
    }
}
