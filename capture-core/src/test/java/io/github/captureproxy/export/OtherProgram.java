package io.github.captureproxy.export;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;

/** Runs a program of the system to its end. */
final class OtherProgram {
    /** One that takes longer hangs: that is a failure, not slowness. */
    private static final int SECONDS = 120;

    private OtherProgram() {}

    static boolean isInstalled(String program) {
        return Stream.of(System.getenv().getOrDefault("PATH", "").split(File.pathSeparator, -1))
                .anyMatch(folder -> Files.isExecutable(Path.of(folder, program)));
    }

    /** What it says; failing, unless it says that it succeeded. */
    static String run(List<String> command) throws IOException, InterruptedException {
        Path out = Files.createTempFile("program-", ".out");
        ProcessBuilder builder =
                new ProcessBuilder(command).redirectErrorStream(true).redirectOutput(out.toFile());
        builder.environment().keySet().removeIf(name -> name.matches("(?i).*_proxy"));
        Process process = builder.start();
        try {
            process.getOutputStream().close();
            boolean ended = process.waitFor(SECONDS, TimeUnit.SECONDS);
            String said = new String(Files.readAllBytes(out), UTF_8);
            if (!ended || process.exitValue() != 0) {
                throw new IOException(command + (ended ? " failed: " : " hangs: ") + said);
            }
            return said;
        } finally {
            process.descendants().forEach(ProcessHandle::destroyForcibly);
            process.destroyForcibly();
            Files.delete(out);
        }
    }
}
