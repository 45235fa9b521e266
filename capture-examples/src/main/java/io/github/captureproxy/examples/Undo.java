package io.github.captureproxy.examples;

import java.io.IOException;
import java.io.PrintStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.util.ArrayList;
import java.util.List;

/** Takes the authority out of the stores that trust it, as far as that can be done from here, and tells the rest. */
final class Undo {
    private final Machine machine;
    private final Programs programs;
    private final PrintStream out;

    Undo(Machine machine, Programs programs, PrintStream out) {
        this.machine = machine;
        this.programs = programs;
        this.out = out;
    }

    /** Does it for the authority in a folder; throws {@link UsageException} if that can't be told from its file. */
    void run(Path folder) {
        Path file = folder.resolve(StoredAuthority.FILE);
        if (!Files.exists(file)) {
            out.println("There is no authority in " + folder + ", so that there is none to take out.");
            out.println("If there was one: its name in all stores starts with Capture Proxy CA.");
            return;
        }
        StoredAuthority authority;
        try {
            authority = StoredAuthority.in(folder);
        } catch (IOException | GeneralSecurityException e) {
            throw new UsageException(file + " can't be read as a certificate: restore it, or look for names that start "
                    + "with Capture Proxy CA in the stores");
        }
        out.println("Taking out " + authority.name());
        out.println("SHA-256 " + authority.fingerprint());
        out.println();
        tell(removals(authority));
        tellByHand(authority, folder);
    }

    private List<Removal> removals(StoredAuthority authority) {
        return switch (machine.system()) {
            case LINUX -> {
                List<Removal> both = new ArrayList<>(new NssDatabases(machine, programs).remove(authority));
                both.addAll(new SystemStore(machine, programs).remove(authority));
                yield both;
            }
            case MACOS -> new Keychains(machine, programs).remove(authority);
            case WINDOWS -> new WindowsStores(machine, programs).remove(authority);
        };
    }

    private void tell(List<Removal> removals) {
        removals.stream().filter(Removal::done).forEach(removal -> out.println("removed  from " + removal.text()));
        removals.stream()
                .filter(removal -> !removal.done())
                .forEach(removal -> out.println("to do    " + removal.text()));
        if (removals.isEmpty()) {
            out.println("It was found in no store of this system and its browsers.");
        }
        out.println();
    }

    private void tellByHand(StoredAuthority authority, Path folder) {
        out.println("What can't be seen from here, if you did it:");
        if (machine.system() != OperatingSystem.LINUX) {
            out.println("firefox  " + TrustAdvice.FIREFOX + " > " + authority.name() + " > Delete or Distrust");
        }
        out.println("java     keytool -list -cacerts finds it, keytool -delete -cacerts -alias ALIAS takes it out");
        out.println("phones   in their settings, remove the certificate or profile " + authority.name());
        out.println();
        out.println("The authority itself stays in " + folder + ", for the next start with --https;");
        out.println("delete that folder if you want to be rid of it.");
    }
}
