package io.github.captureproxy.examples.inspector;

import io.github.captureproxy.CaptureProxy;
import java.util.List;
import java.util.Optional;

/** What the page tells a person to set on this machine. Asked anew each time, as it changes with the settings. */
public interface ThisMachine {
    /** A machine of which nothing is known. */
    ThisMachine UNKNOWN = new ThisMachine() {
        @Override
        public Reach reach(CaptureProxy proxy) {
            return new Reach(proxy.uri().getAuthority(), Optional.empty());
        }

        @Override
        public List<Step> ways() {
            return List.of();
        }

        @Override
        public Optional<Trust> trust() {
            return Optional.empty();
        }

        @Override
        public List<String> networks() {
            return List.of();
        }
    };

    /**
     * What clients set as their proxy, each with the port.
     *
     * @param here the address for clients on this machine
     * @param elsewhere the one for other devices; empty where they can't get to the proxy, or by the same one
     */
    record Reach(String here, Optional<String> elsewhere) {}

    /**
     * Something to do.
     *
     * @param what what it is for
     * @param text what to type, or what to choose where
     * @param undo what takes it back; empty if it leaves nothing behind
     * @param command whether the text is one for a shell
     */
    record Step(String what, String text, String undo, boolean command) {}

    /**
     * An authority, and how to trust it.
     *
     * @param name what stores call it
     * @param sha256 its fingerprint
     * @param file its certificate
     * @param validUntil its last day
     * @param steps how to trust it, for one program or for good
     */
    record Trust(String name, String sha256, String file, String validUntil, List<Step> steps) {
        /** Copies the list. */
        public Trust {
            steps = List.copyOf(steps);
        }
    }

    /** Where clients reach a proxy. */
    Reach reach(CaptureProxy proxy);

    /** How programs on this machine come to use the proxy. */
    List<Step> ways();

    /** How they come to trust it; empty while HTTPS isn't looked into. */
    Optional<Trust> trust();

    /** Networks that this machine is in, as ranges of addresses. */
    List<String> networks();
}
