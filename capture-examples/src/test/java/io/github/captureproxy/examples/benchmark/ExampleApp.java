package io.github.captureproxy.examples.benchmark;

import io.github.captureproxy.examples.CaptureProxyMain;
import java.io.BufferedReader;
import java.io.IOException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/** The example app in a JVM of its own, as a user starts it, with a home of its own. */
final class ExampleApp implements AutoCloseable {
    private static final Pattern ADDRESS = Pattern.compile("listens on 127\\.0\\.0\\.1:(\\d+)");
    private static final Pattern LINK = Pattern.compile("page +(http://\\S+)");
    private static final Pattern KIBIBYTES = Pattern.compile("(VmHWM|VmRSS):\\s+(\\d+) kB");
    /** As Maven is told to run it, in .mvn/jvm.config: a JVM takes what heap it may before it collects. */
    private static final List<String> AS_RUN = List.of(
            "-XX:+UseSerialGC",
            "-XX:TieredStopAtLevel=1",
            "-Xms64m",
            "-XX:NewSize=40m",
            "-XX:MinHeapFreeRatio=20",
            "-XX:MaxHeapFreeRatio=30");

    private final Process process;
    private final int port;
    private final URI link;

    /** Starts it with flags for its JVM and options of its own; a home that is not there yet is made. */
    ExampleApp(Path home, List<String> jvmFlags, String... options) throws IOException {
        List<String> command = new ArrayList<>();
        command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
        command.addAll(AS_RUN);
        command.addAll(jvmFlags);
        command.addAll(List.of("-cp", System.getProperty("java.class.path"), CaptureProxyMain.class.getName()));
        command.addAll(List.of("--port", "0", "--quiet"));
        command.addAll(List.of(options));
        ProcessBuilder builder = new ProcessBuilder(command).redirectError(ProcessBuilder.Redirect.INHERIT);
        builder.environment().put("HOME", home.toString());
        builder.environment().keySet().removeIf(name -> name.startsWith("XDG_"));
        process = builder.start();
        boolean hasPage = !List.of(options).contains("--no-ui");
        List<String> said = new ArrayList<>();
        try {
            BufferedReader out = process.inputReader(StandardCharsets.UTF_8);
            for (String line = out.readLine(); line != null; line = out.readLine()) {
                said.add(line);
                if (hasPage ? LINK.matcher(line).find() : ADDRESS.matcher(line).find()) {
                    break;
                }
            }
            String all = String.join("\n", said);
            port = Integer.parseInt(find(ADDRESS, all, 1));
            link = URI.create(hasPage ? find(LINK, all, 1) : "http://localhost/");
        } catch (IOException | RuntimeException e) {
            process.destroyForcibly();
            throw e;
        }
    }

    private static String find(Pattern pattern, String text, int group) {
        Matcher matcher = pattern.matcher(text);
        if (!matcher.find()) {
            throw new IllegalStateException("no " + pattern + " in: " + text);
        }
        return matcher.group(group);
    }

    int port() {
        return port;
    }

    /** What opens the page, once. */
    URI link() {
        return link;
    }

    Duration cpu() {
        return process.info().totalCpuDuration().orElse(Duration.ZERO);
    }

    /** The most memory that its process has had at a time, in MiB; Linux only. */
    double peakMebibytes() throws IOException {
        return mebibytes(process.pid(), "VmHWM");
    }

    /** The memory of a process now, in MiB; Linux only. */
    static double mebibytes(long pid, String which) throws IOException {
        try (Stream<String> lines = Files.lines(Path.of("/proc/" + pid + "/status"))) {
            return lines.map(KIBIBYTES::matcher)
                            .filter(matcher ->
                                    matcher.matches() && matcher.group(1).equals(which))
                            .mapToLong(matcher -> Long.parseLong(matcher.group(2)))
                            .sum()
                    / 1024.0;
        }
    }

    @Override
    public void close() {
        process.destroy();
        ProxyJvm.awaitExit(process);
    }
}
