package io.github.captureproxy.examples;

import java.nio.file.Path;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** What the command line says about the page that shows what was captured. */
final class PageOptions {
    /** Next to the proxy's own. */
    static final int DEFAULT_PORT = 5556;

    private static final int MAX_PORT = 65_535;

    @Option(names = "--no-ui", description = "No page: the list in the terminal alone, and nothing is kept.")
    boolean noUi;

    @Option(
            names = "--ui-port",
            paramLabel = "PORT",
            description =
                    "Port of the page, on this machine's loopback address; 0 picks a free one. Default: 5556, or a "
                            + "free one if that is taken.")
    @Nullable
    Integer port;

    @Option(
            names = "--history",
            paramLabel = "FILE",
            description =
                    "Database that keeps what was captured. Default: history.db in the user's data folder for this "
                            + "program.")
    @Nullable
    Path history;

    @Option(names = "--no-open", description = "Don't open the page in a browser; its link is printed.")
    boolean noOpen;

    /** The port that was asked for, if one was. */
    Optional<Integer> port() {
        if (port != null && (port < 0 || port > MAX_PORT)) {
            throw new UsageException("--ui-port " + port + ": give 1 to " + MAX_PORT + ", or 0 for a free one");
        }
        return Optional.ofNullable(port);
    }

    /** The database. */
    Path history(Machine machine) {
        if (history != null && history.toString().isEmpty()) {
            throw new UsageException("--history: give a file");
        }
        return history == null ? machine.dataFolder().resolve("history.db") : history;
    }
}
