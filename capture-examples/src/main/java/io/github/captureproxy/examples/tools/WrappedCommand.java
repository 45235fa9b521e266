package io.github.captureproxy.examples.tools;

import io.github.captureproxy.CaptureProxy;
import io.github.captureproxy.client.ClientEnvironment;
import io.github.captureproxy.spi.ExchangeListener;
import io.github.captureproxy.tls.CertificateAuthority;
import io.github.captureproxy.tls.ClientTrust;
import io.github.captureproxy.tls.TlsInterception;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;

/** Runs a command whose calls go through a proxy, HTTPS looked into; what most tools here are made around. */
final class WrappedCommand {
    /** What shells say of a command that can't be run. */
    private static final int CANNOT_RUN = 127;

    private WrappedCommand() {}

    /**
     * Runs it to its end, with this process's own input and output.
     *
     * @return its exit code; listeners have heard of all its calls by then
     */
    static int run(List<String> command, ExchangeListener... listeners) throws InterruptedException, IOException {
        Path trust = Files.createTempDirectory("capture-tool-"); // for certificates, which are no secret
        try (TlsInterception tls = TlsInterception.builder()
                        .authority(CertificateAuthority.ephemeral()) // its key never leaves memory
                        .clientTrust(ClientTrust.ASSUMED) // the environment hands the trust to the command
                        .build();
                CaptureProxy proxy = CaptureProxy.builder()
                        .port(0)
                        .tls(tls)
                        .listener(listeners)
                        .start()) {
            ProcessBuilder process = new ProcessBuilder(command).inheritIO();
            ClientEnvironment.of(proxy, trust).applyTo(process);
            return exitCode(process);
        } finally {
            delete(trust);
        }
    }

    private static int exitCode(ProcessBuilder builder) throws InterruptedException {
        Process process;
        try {
            process = builder.start();
        } catch (IOException e) {
            System.err.println(e.getMessage());
            return CANNOT_RUN;
        }
        try {
            return process.waitFor();
        } finally {
            process.destroy(); // if this thread was interrupted
        }
    }

    private static void delete(Path folder) throws IOException {
        try (Stream<Path> files = Files.list(folder)) {
            for (Path file : files.toList()) {
                Files.delete(file);
            }
        }
        Files.delete(folder);
    }
}
