package io.github.captureproxy.tls.clients;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** Clients that are programs of the system. */
enum Program implements HttpsClient {
    CURL {
        @Override
        public boolean isInstalled() {
            return Run.isInstalled("curl");
        }

        @Override
        public Answer get(Call call) throws Exception {
            List<String> command = new ArrayList<>(List.of("curl", "-sS", "--http1.1", "--noproxy", "", "-x"));
            command.addAll(List.of(call.proxy().uri().toString(), "--cacert", file(call), "--max-time", "30"));
            command.addAll(call.version().equals("1.2") ? List.of("--tls-max", "1.2") : List.of("--tlsv1.3"));
            command.add(call.url());
            return Run.program(command, Map.of(), "");
        }
    },

    OPENSSL {
        @Override
        public boolean isInstalled() {
            return Run.isInstalled("openssl");
        }

        @Override
        public Answer get(Call call) throws Exception {
            List<String> command = new ArrayList<>(List.of("openssl", "s_client", "-quiet", "-verify_return_error"));
            command.addAll(List.of("-CAfile", file(call)));
            if (Character.isLetter(call.host().charAt(0))) {
                command.addAll(List.of("-verify_hostname", call.host(), "-servername", call.host()));
            } else {
                command.addAll(List.of("-verify_ip", call.host().replaceAll("[\\[\\]]", ""), "-noservername"));
            }
            command.addAll(List.of("-proxy", "127.0.0.1:" + call.proxy().port(), "-connect", call.host() + ":443"));
            command.add(call.version().equals("1.2") ? "-tls1_2" : "-tls1_3");
            String request =
                    "GET " + call.path() + " HTTP/1.1\r\nHost: " + call.host() + "\r\nConnection: close\r\n\r\n";
            Answer answer = Run.program(command, Map.of(), request);
            return new Answer(answer.text().contains("200 OK"), answer.text());
        }
    },

    PYTHON_URLLIB {
        @Override
        public boolean isInstalled() {
            return Run.isInstalled("python3");
        }

        @Override
        public Answer get(Call call) throws Exception {
            return script("urllib_get.py", call, "python3", "-c");
        }
    },

    PYTHON_REQUESTS {
        @Override
        public boolean isInstalled() {
            return Run.isInstalled("python3") && prints("python3", "-c", "import requests");
        }

        @Override
        public Answer get(Call call) throws Exception {
            return script("requests_get.py", call, "python3", "-c");
        }
    },

    NODE_HTTPS {
        @Override
        public boolean isInstalled() {
            return Run.isInstalled("node");
        }

        @Override
        public Answer get(Call call) throws Exception {
            return script("https_get.js", call, "node", "-e");
        }
    },

    NODE_FETCH {
        @Override
        public boolean isInstalled() {
            return Run.isInstalled("node") && prints("node", "-e", "fetch('data:,')");
        }

        @Override
        public Answer get(Call call) throws Exception {
            return script("fetch_get.js", call, "node", "-e");
        }
    },

    ANOTHER_JVM {
        @Override
        public boolean isInstalled() {
            return true;
        }

        @Override
        public Answer get(Call call) throws Exception {
            Path classes = Path.of(AnotherJvm.class
                    .getProtectionDomain()
                    .getCodeSource()
                    .getLocation()
                    .toURI());
            List<String> command = new ArrayList<>();
            command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
            command.add("-Dhttps.proxyHost=127.0.0.1");
            command.add("-Dhttps.proxyPort=" + call.proxy().port());
            command.add("-Djavax.net.ssl.trustStore=" + call.trust().store());
            command.add("-Djavax.net.ssl.trustStorePassword=" + Trust.PASSWORD);
            command.add("-Djdk.tls.client.protocols=" + call.protocol());
            command.addAll(List.of("-cp", classes.toString(), AnotherJvm.class.getName(), call.url()));
            return Run.program(command, Map.of(), "");
        }
    };

    private static String file(Call call) {
        return call.trust().pem().toString();
    }

    private static boolean prints(String... command) {
        try {
            return Run.program(List.of(command), Map.of(), "").got();
        } catch (IOException e) {
            return false; // that it cannot be run is the answer
        } catch (InterruptedException e) {
            throw new IllegalStateException("nobody interrupts tests", e);
        }
    }

    /** Trust comes by the environment, the rest as arguments. */
    private static Answer script(String name, Call call, String... interpreter) throws Exception {
        List<String> command = new ArrayList<>(List.of(interpreter));
        try (InputStream in = Program.class.getResourceAsStream(name)) {
            command.add(new String(in.readAllBytes(), StandardCharsets.UTF_8));
        }
        command.addAll(List.of(String.valueOf(call.proxy().port()), call.url(), call.version()));
        return Run.program(command, new HashMap<>(call.trust().environment()), "");
    }
}
