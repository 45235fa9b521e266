package io.github.captureproxy.examples;

import io.github.captureproxy.CaptureProxy;
import io.github.captureproxy.client.ClientEnvironment;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.TimeUnit;

/** A program that runs with the proxy in its environment, and with this program's own input and output. */
final class CapturedCommand implements AutoCloseable {
    /** The label of the address that it uses. */
    static final String LABEL = "command";

    /** By Ctrl-C in a terminal it got the signal itself, and may need a moment to end in its own way. */
    private static final int GRACE_SECONDS = 1;

    /** As long as service managers commonly wait between the polite signal and the other. */
    private static final int END_SECONDS = 10;

    /** The exit codes by which shells say that a program can't be run. */
    private static final int NOT_EXECUTABLE = 126;

    private final Process process;
    private final Path folder;

    private CapturedCommand(Process process, Path folder) {
        this.process = process;
        this.folder = folder;
    }

    /** Starts it; throws {@link UsageException} with the exit code of a shell if there is no such program. */
    static CapturedCommand start(Options options, CaptureProxy proxy) {
        List<String> words = options.record.command;
        Path folder = null;
        try {
            folder = Files.createTempDirectory("capture-proxy-");
            ProcessBuilder builder = new ProcessBuilder(words).inheritIO();
            environment(options, proxy, folder).applyTo(builder);
            return new CapturedCommand(builder.start(), folder);
        } catch (IOException e) {
            if (folder != null) {
                delete(folder);
            }
            throw failed(words.get(0), String.valueOf(e.getMessage()));
        }
    }

    private static ClientEnvironment environment(Options options, CaptureProxy proxy, Path folder) throws IOException {
        ClientEnvironment environment = ClientEnvironment.of(proxy, folder);
        return options.user()
                .map(user -> environment.asUser(user, options.password()))
                .orElse(environment);
    }

    private static UsageException failed(String program, String message) {
        if (message.contains("error=2,")) { // ENOENT, and ERROR_FILE_NOT_FOUND of Windows
            return new UsageException("--then: there is no program " + program, Programs.NOT_FOUND);
        }
        return new UsageException("--then " + program + ": can't be run: " + message, NOT_EXECUTABLE);
    }

    /** Waits for its end, and gives its exit code. */
    int await() throws InterruptedException {
        return process.waitFor();
    }

    /** Ends it if it runs, politely at first, and takes away the files that were made for it. */
    @Override
    public void close() {
        try {
            if (!process.waitFor(GRACE_SECONDS, TimeUnit.SECONDS)) {
                process.descendants().forEach(ProcessHandle::destroy);
                process.destroy();
                if (!process.waitFor(END_SECONDS, TimeUnit.SECONDS)) {
                    process.descendants().forEach(ProcessHandle::destroyForcibly);
                    process.destroyForcibly();
                }
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            process.destroyForcibly();
        }
        delete(folder);
    }

    /** What is left in the system's folder for such files is no secret, and goes with it. */
    private static void delete(Path folder) {
        try (var files = Files.list(folder)) {
            for (Path file : files.toList()) {
                Files.delete(file);
            }
            Files.delete(folder);
        } catch (IOException e) {
            folder.toFile().deleteOnExit(); // certificates alone; somebody may hold a file open
        }
    }
}
