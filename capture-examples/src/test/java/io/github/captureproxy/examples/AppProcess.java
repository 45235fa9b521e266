package io.github.captureproxy.examples;

import java.io.BufferedReader;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Predicate;

/** The program as a process of its own, on the JVM and the class path of the tests. */
final class AppProcess {
    private AppProcess() {}

    /** What starts it, with flags for its JVM and options of its own; what it says of errors goes to a file. */
    static ProcessBuilder of(List<String> jvm, List<String> options, Path errors) {
        List<String> command = new ArrayList<>();
        command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
        command.addAll(jvm);
        if (Runtime.version().feature() > 17) { // as the jar's manifest has it, for the database
            command.add("--enable-native-access=ALL-UNNAMED");
        }
        command.addAll(List.of("-cp", System.getProperty("java.class.path"), CaptureProxyMain.class.getName()));
        command.addAll(options);
        return new ProcessBuilder(command).redirectError(errors.toFile());
    }

    /** Reads up to the first line that is wanted, and returns it. */
    static String readTo(BufferedReader out, Predicate<String> wanted) throws IOException {
        List<String> seen = new ArrayList<>();
        for (String line = out.readLine(); line != null; line = out.readLine()) {
            seen.add(line);
            if (wanted.test(line)) {
                return line;
            }
        }
        throw new AssertionError("the process ended after " + seen);
    }
}
