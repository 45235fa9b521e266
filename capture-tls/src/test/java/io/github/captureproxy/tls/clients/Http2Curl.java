package io.github.captureproxy.tls.clients;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** curl with HTTP/2. It has no connections between its runs. */
enum Http2Curl implements Http2Client {
    CURL;

    @Override
    public boolean isInstalled() {
        return Run.isInstalled("curl");
    }

    @Override
    public Session through(Http2Rig rig) {
        return through(rig, "--http2");
    }

    /** One with an option that says which version it speaks. */
    static Session through(Http2Rig rig, String version) {
        return new CurlSession(
                rig.folder(),
                List.of(
                        version,
                        "--noproxy",
                        "",
                        "--proxy",
                        rig.proxy().uri().toString(),
                        "--cacert",
                        rig.trust().pem().toString()));
    }

    /** curl with some options, and files in a folder. */
    record CurlSession(Path folder, List<String> options) implements Session {
        private static final String SAYS = "%{filename_effective} %{http_version} %{http_code}\\n";

        @Override
        public Answer send(Ask ask) throws Exception {
            return sendAll(List.of(ask)).get(0);
        }

        @Override
        public List<Answer> sendAll(List<Ask> asks) throws Exception {
            List<String> command = new ArrayList<>(List.of("curl", "-sS"));
            if (asks.size() > 1) {
                command.addAll(List.of("--parallel", "--parallel-max", "100"));
            }
            List<Path> files = new ArrayList<>();
            for (Ask ask : asks) {
                if (!files.isEmpty()) {
                    command.add("--next");
                }
                Path file = folder.resolve("curl-" + files.size());
                files.add(file);
                command.addAll(options);
                command.addAll(List.of("--max-time", "30", "--write-out", SAYS, "--output", file.toString()));
                command.addAll(method(ask));
                command.add(ask.url());
            }
            HttpsClient.Answer said = Run.program(command, Map.of(), "");
            if (!said.got()) {
                throw new IOException("curl failed: " + said.text());
            }
            return answers(files, said.text());
        }

        private List<String> method(Ask ask) throws IOException {
            return switch (ask.method()) {
                case "GET" -> List.of();
                case "HEAD" -> List.of("--head");
                default -> {
                    Path body = Files.write(folder.resolve("curl-body"), ask.body());
                    yield List.of("--request", ask.method(), "--data-binary", "@" + body);
                }
            };
        }

        private static List<Answer> answers(List<Path> files, String said) throws IOException {
            Map<String, String[]> lines = new HashMap<>();
            for (String line : said.strip().split("\n", -1)) {
                String[] words = line.split(" ", -1);
                lines.put(words[0], words);
            }
            List<Answer> answers = new ArrayList<>();
            for (Path file : files) {
                String[] words = lines.get(file.toString());
                byte[] body = Files.exists(file) ? Files.readAllBytes(file) : new byte[0];
                answers.add(new Answer(words[1], Integer.parseInt(words[2]), body));
                Files.deleteIfExists(file);
            }
            return answers;
        }

        @Override
        public void close() {
            // it has ended
        }
    }
}
