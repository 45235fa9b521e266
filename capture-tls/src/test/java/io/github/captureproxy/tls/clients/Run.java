package io.github.captureproxy.tls.clients;

import io.github.captureproxy.tls.clients.HttpsClient.Answer;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;

/** Runs programs of the system. */
final class Run {
    /** One that takes longer hangs: that is a failure, not slowness. */
    private static final int SECONDS = 90;

    private Run() {}

    static boolean isInstalled(String program) {
        return Stream.of(System.getenv().getOrDefault("PATH", "").split(":", -1))
                .anyMatch(folder -> Files.isExecutable(Path.of(folder, program)));
    }

    /** Runs one to its end; it got a response if it says that it succeeded. */
    static Answer program(List<String> command, Map<String, String> environment, String input)
            throws IOException, InterruptedException {
        Path in = Files.writeString(Files.createTempFile("client-", ".in"), input);
        Path out = Files.createTempFile("client-", ".out");
        Path err = Files.createTempFile("client-", ".err");
        ProcessBuilder builder = new ProcessBuilder(command)
                .redirectInput(in.toFile())
                .redirectOutput(out.toFile())
                .redirectError(err.toFile());
        builder.environment().keySet().removeIf(name -> name.matches("(?i).*_proxy|SSL_CERT_.*|.*_CA_BUNDLE"));
        builder.environment().putAll(environment);
        Process process = builder.start();
        try {
            if (!process.waitFor(SECONDS, TimeUnit.SECONDS)) {
                throw new IOException(command.get(0) + " hangs; it said " + read(out) + read(err));
            }
            return new Answer(process.exitValue() == 0, process.exitValue() == 0 ? read(out) : read(out) + read(err));
        } finally {
            process.descendants().forEach(ProcessHandle::destroyForcibly);
            process.destroyForcibly();
            for (Path file : List.of(in, out, err)) {
                Files.delete(file);
            }
        }
    }

    private static String read(Path file) throws IOException {
        return new String(Files.readAllBytes(file), StandardCharsets.UTF_8);
    }
}
