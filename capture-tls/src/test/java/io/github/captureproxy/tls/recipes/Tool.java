package io.github.captureproxy.tls.recipes;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;

/** Programs of the system, which need not be there. */
final class Tool {
    /** One that takes longer hangs: that is a failure, not slowness. */
    private static final int SECONDS = 90;

    private Tool() {}

    /** Has the test be skipped, visibly, without a program. */
    static void require(String program) {
        assumeTrue(
                Stream.of(System.getenv().getOrDefault("PATH", "").split(":", -1))
                        .anyMatch(folder -> Files.isExecutable(Path.of(folder, program))),
                program + " is not installed");
    }

    /** Has the test be skipped, visibly, if a program doesn't succeed. */
    static void require(ProcessBuilder check, String otherwise) throws IOException, InterruptedException {
        assumeTrue(succeeds(check), otherwise);
    }

    /** Tells how a program ends, whatever it prints. */
    static boolean succeeds(ProcessBuilder check) throws IOException, InterruptedException {
        Process process = check.redirectErrorStream(true)
                .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                .start();
        boolean ended = process.waitFor(SECONDS, TimeUnit.SECONDS);
        process.destroyForcibly();
        return ended && process.exitValue() == 0;
    }

    /** Runs a program to its good end, and returns what it printed. */
    static String run(ProcessBuilder program) throws IOException, InterruptedException {
        Path out = Files.createTempFile("recipe-", ".out");
        Path err = Files.createTempFile("recipe-", ".err");
        Process process =
                program.redirectOutput(out.toFile()).redirectError(err.toFile()).start();
        try {
            assertThat(process.waitFor(SECONDS, TimeUnit.SECONDS))
                    .as(program.command() + " ends")
                    .isTrue();
            String printed = Files.readString(out, StandardCharsets.UTF_8);
            assertThat(process.exitValue()).as(() -> printed + readOf(err)).isZero();
            return printed;
        } finally {
            process.descendants().forEach(ProcessHandle::destroyForcibly);
            process.destroyForcibly();
            Files.delete(out);
            Files.delete(err);
        }
    }

    private static String readOf(Path file) {
        try {
            return Files.readString(file, StandardCharsets.UTF_8);
        } catch (IOException e) {
            return e.toString();
        }
    }
}
