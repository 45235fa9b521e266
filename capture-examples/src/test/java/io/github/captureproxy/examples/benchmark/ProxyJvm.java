package io.github.captureproxy.examples.benchmark;

import java.io.BufferedReader;
import java.io.BufferedWriter;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;

/** A proxy in a JVM of its own, all of them with the same flags. */
final class ProxyJvm implements AutoCloseable {
    private static final List<String> FLAGS =
            List.of("-Xms512m", "-Xmx512m", "-XX:+UseG1GC", "-Dorg.slf4j.simpleLogger.defaultLogLevel=error");
    private static final int EXIT_SECONDS = 10;

    private final Process process;
    private final BufferedReader answers;
    private final BufferedWriter commands;
    private final long[] started;

    ProxyJvm(Contender contender, List<String> moreFlags) throws IOException {
        List<String> command = new ArrayList<>();
        command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
        command.addAll(FLAGS);
        command.addAll(moreFlags);
        command.addAll(List.of("-cp", System.getProperty("java.class.path"), ProxyMain.class.getName()));
        command.add(contender.name());
        process = new ProcessBuilder(command)
                .redirectError(ProcessBuilder.Redirect.INHERIT)
                .start();
        answers = process.inputReader(StandardCharsets.UTF_8);
        commands = process.outputWriter(StandardCharsets.UTF_8);
        started = numbers();
    }

    int port() {
        return (int) started[0];
    }

    /** How long the proxy took to start in this JVM, as the first thing that ran there. */
    long startNanos() {
        return started[1];
    }

    /** The CPU time that the JVM has used. */
    Duration cpu() {
        return process.info().totalCpuDuration().orElse(Duration.ZERO);
    }

    /** Sends a command; returns the numbers of its answer. */
    long[] ask(String command) throws IOException {
        commands.write(command);
        commands.newLine();
        commands.flush();
        return numbers();
    }

    private long[] numbers() throws IOException {
        String line = answers.readLine();
        if (line == null) {
            throw new IOException("the proxy's JVM has ended");
        }
        return List.of(line.split(" ")).stream().mapToLong(Long::parseLong).toArray();
    }

    @Override
    public void close() throws IOException {
        commands.close();
        try {
            if (!process.waitFor(EXIT_SECONDS, TimeUnit.SECONDS)) {
                process.destroyForcibly();
            }
        } catch (InterruptedException e) {
            process.destroyForcibly();
            Thread.currentThread().interrupt();
        }
    }
}
