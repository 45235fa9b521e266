package io.github.captureproxy.tls.clients;

import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.github.captureproxy.tls.clients.HttpsClient.Answer;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** Chromium without a window, with a home of its own that holds its profile and what it trusts. */
final class Chromium {
    private static final String PROGRAM = "chromium";

    private final Path home;
    private final List<String> options = new ArrayList<>();

    private Chromium(Path home) {
        this.home = home;
    }

    static void assumeInstalled() {
        assumeTrue(Run.isInstalled(PROGRAM), PROGRAM + " is not installed");
        assumeTrue(Run.isInstalled("certutil"), "certutil (libnss3-tools) is not installed");
    }

    /** One that trusts the anchors in some files, beside its own. */
    static Chromium trusting(Path home, Path... anchors) throws IOException, InterruptedException {
        Path store = Files.createDirectories(home.resolve(".pki/nssdb"));
        certutil(store, "-N", "--empty-password");
        for (Path anchor : anchors) {
            certutil(store, "-A", "-t", "C,,", "-n", anchor.getFileName().toString(), "-i", anchor.toString());
        }
        return new Chromium(home);
    }

    private static void certutil(Path store, String... arguments) throws IOException, InterruptedException {
        List<String> command = new ArrayList<>(List.of("certutil", "-d", "sql:" + store));
        command.addAll(List.of(arguments));
        Answer answer = Run.program(command, Map.of(), "");
        if (!answer.got()) {
            throw new IOException("certutil failed: " + answer.text());
        }
    }

    Chromium with(String option) {
        options.add(option);
        return this;
    }

    /** Loads a page; its text is in what comes back. */
    Answer load(int proxyPort, String url) throws IOException, InterruptedException {
        List<String> command = new ArrayList<>(List.of(
                PROGRAM,
                "--headless=new",
                "--no-sandbox",
                "--disable-gpu",
                "--disable-dev-shm-usage",
                "--disable-quic",
                "--no-first-run",
                "--disable-background-networking",
                "--disable-component-update",
                "--disable-sync"));
        command.addAll(options);
        command.addAll(List.of(
                "--user-data-dir=" + home.resolve("profile"),
                "--proxy-server=http://127.0.0.1:" + proxyPort,
                "--proxy-bypass-list=<-loopback>",
                "--dump-dom",
                url));
        return Run.program(command, Map.of("HOME", home.toString()), "");
    }
}
