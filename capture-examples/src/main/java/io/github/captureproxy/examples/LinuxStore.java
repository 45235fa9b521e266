package io.github.captureproxy.examples;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Optional;

/** The ways in which Linux distributions let their users add an authority for the whole system. */
enum LinuxStore {
    /** Debian, Ubuntu, Alpine. */
    DEBIAN("usr/local/share/ca-certificates", ".crt", "update-ca-certificates", "update-ca-certificates --fresh"),
    /** Fedora, RHEL. */
    FEDORA("etc/pki/ca-trust/source/anchors", ".pem", "update-ca-trust", "update-ca-trust"),
    /** SUSE. */
    SUSE("etc/pki/trust/anchors", ".pem", "update-ca-certificates", "update-ca-certificates"),
    /** Arch, and others that do it with p11-kit alone. */
    P11_KIT("etc/ca-certificates/trust-source", "", "", "");

    private final String folder;
    private final String suffix;
    private final String afterAdding;
    private final String afterRemoving;

    LinuxStore(String folder, String suffix, String afterAdding, String afterRemoving) {
        this.folder = folder;
        this.suffix = suffix;
        this.afterAdding = afterAdding;
        this.afterRemoving = afterRemoving;
    }

    /** The one of this machine, if it has one of these. */
    static Optional<LinuxStore> of(Machine machine) {
        return Arrays.stream(values())
                .filter(store -> Files.isDirectory(store.folder(machine)))
                .findFirst();
    }

    /** Where what was added lies. */
    Path folder(Machine machine) {
        return machine.root().resolve(folder);
    }

    /** The command that adds the authority. */
    String adding(StoredAuthority authority, Machine machine) {
        String file = machine.quoted(authority.file());
        return this == P11_KIT
                ? "sudo trust anchor --store " + file
                : "sudo cp " + file + " " + machine.quoted(added(authority, machine)) + " && sudo " + afterAdding;
    }

    /** The command that takes out what {@link #adding} added. */
    String removing(StoredAuthority authority, Machine machine) {
        return this == P11_KIT
                ? "sudo trust anchor --remove " + machine.quoted(authority.file())
                : removing(added(authority, machine), machine);
    }

    /** The command that takes out what lies in a file. */
    String removing(Path file, Machine machine) {
        return "sudo rm " + machine.quoted(file) + (afterRemoving.isEmpty() ? "" : " && sudo " + afterRemoving);
    }

    /** What has to be run, with its arguments, when a file is gone; empty for nothing. */
    String afterRemoving() {
        return afterRemoving;
    }

    private Path added(StoredAuthority authority, Machine machine) {
        return folder(machine).resolve(authority.fileName() + suffix);
    }
}
