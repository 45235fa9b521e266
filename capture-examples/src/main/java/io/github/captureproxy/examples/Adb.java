package io.github.captureproxy.examples;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;

/** The Android Debug Bridge as it is installed on this machine. */
final class Adb {
    /** It may have to start its own server first, and a device may be slow to answer. */
    private static final int PATIENCE_SECONDS = 30;

    /** More than this of what it says is never needed. */
    private static final int MAX_OUTPUT = 64 * 1024;

    private final Path program;

    Adb(Path program) {
        this.program = program;
    }

    /**
     * What came of a call.
     *
     * @param code the exit code; -1 if it did not end in time
     * @param output what it said
     */
    record Result(int code, String output) {
        boolean isFine() {
            return code == 0;
        }

        /** What it said last, which tells of an error. */
        String lastLine() {
            return output.lines().filter(line -> !line.isBlank()).reduce("", (before, line) -> line.strip());
        }
    }

    /**
     * A device that it knows of.
     *
     * @param serial its serial number
     * @param state {@code device} if it can be used; else why not
     */
    record Attached(String serial, String state) {
        boolean isReady() {
            return state.equals("device");
        }
    }

    /** Finds it on the machine's path, or in the SDK that the environment names. */
    static Optional<Adb> find(Machine machine) {
        String name = machine.system() == OperatingSystem.WINDOWS ? "adb.exe" : "adb";
        String separator = machine.system() == OperatingSystem.WINDOWS ? ";" : ":";
        Stream<String> path =
                Stream.of(machine.environment().getOrDefault("PATH", "").split(separator));
        Stream<String> sdk = Stream.of("ANDROID_HOME", "ANDROID_SDK_ROOT")
                .map(variable -> machine.environment().getOrDefault(variable, ""))
                .filter(folder -> !folder.isEmpty())
                .map(folder -> folder + "/platform-tools");
        return Stream.concat(path, sdk)
                .filter(folder -> !folder.isBlank())
                .map(folder -> Path.of(folder, name))
                .filter(Files::isExecutable)
                .findFirst()
                .map(Adb::new);
    }

    /** The same where it is needed; throws {@link UsageException}, with what to do, where there is none. */
    static Adb wanted(Machine machine) {
        return find(machine)
                .orElseThrow(() -> new UsageException("--android: adb is not installed: install the Android SDK "
                        + "Platform-Tools, and put their folder on the PATH"));
    }

    /**
     * Has its server run, which looks for emulators on this machine's ports when it starts, and takes for one whatever
     * listens there: so it is to be called before a port is taken. Throws {@link UsageException} if there is no server.
     */
    void startServer() {
        devices(); // as its own command for that doesn't know the servers of other machines
    }

    /** The devices that are attached now; throws {@link UsageException} if it can't tell. */
    List<Attached> devices() {
        Result result = run("devices");
        if (!result.isFine()) {
            throw new UsageException("--android: adb devices failed: " + result.lastLine());
        }
        return result.output()
                .lines()
                .map(line -> line.split("\t", 2))
                .filter(parts -> parts.length == 2)
                .map(parts -> new Attached(parts[0].strip(), parts[1].strip()))
                .toList();
    }

    /** Runs it for one device. */
    Result on(String serial, String... arguments) {
        return run(Stream.concat(Stream.of("-s", serial), Stream.of(arguments)).toArray(String[]::new));
    }

    private Result run(String... arguments) {
        List<String> command = new ArrayList<>(List.of(program.toString()));
        command.addAll(List.of(arguments));
        try {
            Path said = Files.createTempFile("capture-proxy-adb", ".txt"); // a server that it starts keeps a pipe open
            try {
                return run(command, said);
            } finally {
                Files.delete(said);
            }
        } catch (IOException e) {
            return new Result(Programs.NOT_FOUND, program + " can't be run: " + e.getMessage());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return new Result(-1, "interrupted");
        }
    }

    private static Result run(List<String> command, Path said) throws IOException, InterruptedException {
        Process process = new ProcessBuilder(command)
                .redirectErrorStream(true)
                .redirectOutput(said.toFile())
                .start();
        process.getOutputStream().close();
        if (!process.waitFor(PATIENCE_SECONDS, TimeUnit.SECONDS)) {
            process.destroyForcibly();
            return new Result(-1, "adb didn't answer within " + PATIENCE_SECONDS + " seconds");
        }
        try (var in = Files.newInputStream(said)) {
            return new Result(process.exitValue(), new String(in.readNBytes(MAX_OUTPUT), UTF_8));
        }
    }
}
