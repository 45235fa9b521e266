package io.github.captureproxy.examples.inspector;

import java.time.Instant;
import java.util.List;
import java.util.Optional;

/** Phones and other devices of the network, as far as they are let in. */
public interface LanDevices {
    /** None are let in. */
    LanDevices NONE = new LanDevices() {
        @Override
        public boolean isOn() {
            return false;
        }

        @Override
        public Optional<Entrance> entrance() {
            return Optional.empty();
        }

        @Override
        public boolean revoke(String address) {
            return false;
        }
    };

    /**
     * How devices get in.
     *
     * @param address host and port that they use for a proxy
     * @param link where they are set up, with the code in it
     * @param code the code that lets the next one in
     * @param codeEnds when it stops to be good
     * @param qrCode the link as a QR code: an SVG image
     * @param devices those that were let in
     */
    record Entrance(String address, String link, String code, Instant codeEnds, String qrCode, List<Device> devices) {
        /** Copies the list. */
        public Entrance {
            devices = List.copyOf(devices);
        }
    }

    /**
     * A device that was let in.
     *
     * @param address its IP address
     * @param name what it says it is
     * @param since when it was let in
     */
    record Device(String address, String name, Instant since) {}

    /** Whether devices can get in at all. */
    boolean isOn();

    /** How devices get in now; empty if none are let in. */
    Optional<Entrance> entrance();

    /** Lets a device in no more; false if it wasn't. */
    boolean revoke(String address);
}
