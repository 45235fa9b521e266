package io.github.captureproxy.clients;

import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.github.captureproxy.CaptureProxy;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

/** curl, where it is installed: a process, and so a connection, for each call. */
class CurlTest extends ClientContract {
    @Override
    Client open(CaptureProxy through) {
        assumeTrue(isInstalled(), "curl is not installed");
        return new Processes(through);
    }

    private static boolean isInstalled() {
        for (String folder : System.getenv().getOrDefault("PATH", "").split(":", -1)) {
            if (Files.isExecutable(Path.of(folder, "curl"))) {
                return true;
            }
        }
        return false;
    }

    @Override
    int callsInARow() {
        return 10;
    }

    /** Its connections end with its processes. */
    @Override
    @Test
    void callsInTurnShareConnectionsWhichAreNotTimedAgain() {
        assumeTrue(false, "each call of curl is a process of its own");
    }

    private record Processes(CaptureProxy proxy) implements Client {
        @Override
        public Answer send(Call call) throws IOException, InterruptedException {
            Path sent = Files.createTempFile("curl-", ".in");
            Path got = Files.createTempFile("curl-", ".out");
            try {
                Files.write(sent, call.body());
                return new Answer(run(call, sent, got), Files.readAllBytes(got));
            } finally {
                Files.delete(sent);
                Files.delete(got);
            }
        }

        private int run(Call call, Path sent, Path got) throws IOException, InterruptedException {
            List<String> command = new ArrayList<>(List.of("curl", "-sS", "--noproxy", "", "-x"));
            command.addAll(List.of(proxy.uri().toString(), "-o", got.toString(), "-w", "%{http_code}"));
            command.addAll(List.of("-X", call.method(), "--max-time", "20"));
            if (call.chunked() || call.body().length > 0) {
                command.addAll(List.of("--data-binary", "@" + sent));
            }
            if (call.chunked()) {
                command.addAll(List.of("-H", "Transfer-Encoding: chunked"));
            }
            command.add(call.url());
            Process process = new ProcessBuilder(command)
                    .redirectError(ProcessBuilder.Redirect.DISCARD)
                    .start();
            String status = new String(process.getInputStream().readAllBytes(), StandardCharsets.US_ASCII);
            if (!process.waitFor(30, TimeUnit.SECONDS) || process.exitValue() != 0) {
                throw new IOException("curl failed");
            }
            return Integer.parseInt(status);
        }

        @Override
        public void close() {
            // nothing is kept
        }
    }
}
