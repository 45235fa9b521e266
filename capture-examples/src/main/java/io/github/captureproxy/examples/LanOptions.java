package io.github.captureproxy.examples;

import picocli.CommandLine.Option;

/** What the command line says about other devices on the network. */
final class LanOptions {
    @Option(
            names = "--lan",
            description = "Listen on this machine's network address too, for phones and other devices that enter a "
                    + "one-time code, and for those of --allow. Shows a QR code that leads there.")
    boolean lan;
}
