package io.github.captureproxy.examples;

import java.util.Optional;
import picocli.CommandLine.IVersionProvider;

/** Which version this is, as the jar's manifest says. */
final class Version implements IVersionProvider {
    @Override
    public String[] getVersion() {
        String version = Optional.ofNullable(Version.class.getPackage().getImplementationVersion())
                .orElse("(not from a jar)");
        return new String[] {"capture-proxy " + version + ", Java " + System.getProperty("java.version")};
    }
}
