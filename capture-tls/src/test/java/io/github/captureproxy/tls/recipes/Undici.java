package io.github.captureproxy.tls.recipes;

import java.nio.file.Files;
import java.nio.file.Path;

/** The npm package that is Node's fetch, with the agent that heeds the environment. */
final class Undici {
    /** The last line that runs on Node 18 and 20. */
    private static final String VERSION = "6.22.0";

    private Undici() {}

    /** Where it is; installed into the build folder once, or else the test is skipped. */
    static Path installed() throws Exception {
        Path folder = Path.of("target", "npm").toAbsolutePath();
        Path undici = folder.resolve("node_modules").resolve("undici");
        if (!Files.exists(undici.resolve("package.json"))) {
            Tool.require("npm");
            Files.createDirectories(folder);
            ProcessBuilder npm = new ProcessBuilder(
                    "npm",
                    "install",
                    "--no-save",
                    "--prefer-offline",
                    "--ignore-scripts",
                    "--no-audit",
                    "--no-fund",
                    "--prefix",
                    folder.toString(),
                    "undici@" + VERSION);
            Tool.require(npm.directory(folder.toFile()), "undici can't be installed: npm reaches no registry");
        }
        return undici;
    }
}
