package io.github.captureproxy.examples;

import java.util.Optional;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** What the command line says about a device on a cable. */
final class AndroidOptions {
    @Option(
            names = "--android",
            arity = "0..1",
            fallbackValue = "",
            paramLabel = "SERIAL",
            description = "Send the traffic of the Android device on the USB cable through the proxy, with adb, until "
                    + "the proxy ends. The serial says which, where there are several.")
    @Nullable
    String android;

    boolean isOn() {
        return android != null;
    }

    /** The device that is meant, if that was said. */
    Optional<String> serial() {
        return Optional.ofNullable(android).filter(serial -> !serial.isEmpty());
    }
}
