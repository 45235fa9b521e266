package io.github.captureproxy.tls.recipes;

import io.github.captureproxy.CaptureProxy;
import io.github.captureproxy.client.ClientEnvironment;
import io.github.captureproxy.tls.clients.AnotherJvm;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/** Programs that know of the proxy by their environment alone. */
enum ProgramRecipe implements Recipe {
    CURL {
        @Override
        List<String> command(Path folder, URI target) {
            Tool.require("curl");
            return List.of("curl", "--silent", "--show-error", target.toString());
        }
    },

    PYTHON_REQUESTS {
        @Override
        List<String> command(Path folder, URI target) throws Exception {
            Tool.require("python3");
            Tool.require(new ProcessBuilder("python3", "-c", "import requests"), "requests is not installed");
            String script = "import requests, sys; print(requests.get(sys.argv[1], timeout=30).text)";
            return List.of("python3", "-c", script, target.toString());
        }
    },

    /** Node from 22.21 and 24.5 on heeds the environment; before, its fetch does with an agent of undici. */
    NODE_FETCH {
        private static final String FLAG = "process.allowedNodeEnvironmentFlags.has('--use-env-proxy')";

        private static final String AGENT = "const { EnvHttpProxyAgent, setGlobalDispatcher } = require('undici');"
                + "setGlobalDispatcher(new EnvHttpProxyAgent());";

        @Override
        List<String> command(Path folder, URI target) throws Exception {
            Tool.require("node");
            boolean heeds = Tool.succeeds(new ProcessBuilder("node", "-e", "process.exit(" + FLAG + " ? 0 : 1)"));
            String agent =
                    heeds ? "" : AGENT.replace("undici", Undici.installed().toString());
            String fetch = "fetch(process.argv[1]).then(response => response.text()).then(console.log)";
            return List.of("node", "-e", agent + fetch, target.toString());
        }
    },

    /** Go keeps localhost from proxies whatever it is told, so its target has another name, which the proxy maps. */
    GO {
        @Override
        public String host() {
            return "shop.test";
        }

        @Override
        List<String> command(Path folder, URI target) throws Exception {
            Tool.require("go");
            Path source = Files.writeString(folder.resolve("get.go"), """
                    package main

                    import (
                        "io"
                        "net/http"
                        "os"
                    )

                    func main() {
                        response, err := http.Get(os.Args[1])
                        if err != nil {
                            panic(err)
                        }
                        io.Copy(os.Stdout, response.Body)
                    }
                    """);
            return List.of("go", "run", source.toString(), target.toString());
        }
    },

    ANOTHER_JVM {
        @Override
        List<String> command(Path folder, URI target) throws Exception {
            Path classes = Path.of(AnotherJvm.class
                    .getProtectionDomain()
                    .getCodeSource()
                    .getLocation()
                    .toURI());
            Path java = Path.of(System.getProperty("java.home"), "bin", "java");
            return List.of(java.toString(), "-cp", classes.toString(), AnotherJvm.class.getName(), target.toString());
        }
    };

    /** What is run; a folder is there for its files. */
    abstract List<String> command(Path folder, URI target) throws Exception;

    @Override
    public String get(CaptureProxy proxy, URI target) throws Exception {
        Path folder = Files.createTempDirectory("recipe with spaces-");
        try {
            List<String> command = command(folder, target);
            // README environment
            ProcessBuilder app = new ProcessBuilder(command);
            ClientEnvironment.of(proxy, folder).applyTo(app);
            // end
            return Tool.run(app).strip();
        } finally {
            delete(folder);
        }
    }

    private static void delete(Path folder) throws IOException {
        try (var files = Files.list(folder)) {
            for (Path file : files.toList()) {
                Files.delete(file);
            }
        }
        Files.delete(folder);
    }
}
