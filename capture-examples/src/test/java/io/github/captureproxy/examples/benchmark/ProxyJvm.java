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
import java.util.stream.Stream;

/** A proxy in a JVM of its own, all of them with the same flags, each with the class path that it needs. */
final class ProxyJvm implements AutoCloseable {
    private static final List<String> FLAGS = List.of(
            "-Xms512m",
            "-Xmx512m",
            "-XX:+UseG1GC",
            "-Dorg.slf4j.simpleLogger.defaultLogLevel=error",
            // LittleProxy stops its threads before its connections.
            "-Dorg.slf4j.simpleLogger.log.io.netty.util.concurrent.DefaultPromise.rejectedExecution=off");
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
        command.addAll(List.of("-cp", contender.classPath(), ProxyMain.class.getName()));
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

    /** The next answer; what the JVM itself has to say is passed on. */
    private long[] numbers() throws IOException {
        for (String line = answers.readLine(); line != null; line = answers.readLine()) {
            if (line.startsWith(ProxyMain.ANSWER)) {
                return Stream.of(line.substring(ProxyMain.ANSWER.length()).split(" "))
                        .mapToLong(Long::parseLong)
                        .toArray();
            }
            System.err.println(line);
        }
        throw new IOException("the proxy's JVM has ended");
    }

    @Override
    public void close() throws IOException {
        commands.close();
        awaitExit(process);
    }

    /** Waits until a process that was told to end has done so, but not for ever. */
    static void awaitExit(Process process) {
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
