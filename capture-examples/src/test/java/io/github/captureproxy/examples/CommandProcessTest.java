package io.github.captureproxy.examples;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import com.sun.net.httpserver.HttpServer;
import io.github.captureproxy.export.Har;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.condition.DisabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;

/** The program as a process of its own that runs a command. */
@Timeout(120)
class CommandProcessTest {
    private static final int KILLED_BY_SIGTERM = 143;

    @TempDir
    Path folder;

    private HttpServer origin;
    private Process process;

    @BeforeEach
    void startOrigin() throws Exception {
        origin = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        origin.createContext("/", exchange -> {
            exchange.sendResponseHeaders(200, 5);
            exchange.getResponseBody().write("hello".getBytes(UTF_8));
            exchange.close();
        });
        origin.start();
    }

    @AfterEach
    void end() {
        origin.stop(0);
        if (process != null) {
            process.descendants().forEach(ProcessHandle::destroyForcibly);
            process.destroyForcibly();
        }
    }

    @Test
    void aCommandsCallsAreRecordedAndItsOutputAndExitCodeAreItsOwn() throws Exception {
        Path file = folder.resolve("calls.har");
        start("--record", file.toString(), "--then", java(), "-cp", classPath(), Caller.class.getName(), url());
        String out = new String(process.getInputStream().readAllBytes(), UTF_8);

        assertThat(process.waitFor()).as(errors()).isEqualTo(Caller.EXIT_CODE);
        assertThat(out).isEqualTo("got hello" + System.lineSeparator());
        assertThat(errors()).contains("1 exchange recorded in " + file).doesNotContain("Totals");
        assertThat(Har.read(file).toList())
                .singleElement()
                .satisfies(call -> assertThat(call.request().url()).isEqualTo(url()));
    }

    @Test
    @DisabledOnOs(OS.WINDOWS)
    void aSignalEndsTheCommandAndTheFileIsWrittenAllTheSame() throws Exception {
        Path file = folder.resolve("calls.har");
        start(
                "--record",
                file.toString(),
                "--then",
                java(),
                "-cp",
                classPath(),
                Caller.class.getName(),
                url(),
                "and wait");
        assertThat(process.inputReader(UTF_8).readLine()).isEqualTo("got hello");
        List<ProcessHandle> command = process.children().toList();

        process.destroy();

        assertThat(process.waitFor()).isEqualTo(KILLED_BY_SIGTERM);
        assertThat(command)
                .singleElement()
                .satisfies(one -> assertThat(one.isAlive()).isFalse());
        assertThat(Har.read(file).toList()).hasSize(1);
        assertThat(Files.readString(file)).endsWith("}}\n");
    }

    @Test
    void aCommandThatGoesPastTheProxyIsToldOf() throws Exception {
        start(
                "--record",
                folder.resolve("calls.har").toString(),
                "--then",
                java(),
                "-cp",
                classPath(),
                "-Dhttp.proxyHost=", // wins over the environment, as clients do that don't heed it
                Caller.class.getName(),
                url());

        assertThat(process.waitFor()).as(errors()).isEqualTo(Caller.EXIT_CODE);
        assertThat(errors())
                .contains("0 exchanges recorded")
                .contains("capture-proxy: nothing connected to 127.0.0.1:")
                .contains("capture-proxy: what is missing may not heed http_proxy: Node does from 22.21 and 24.5 on");
    }

    private void start(String... arguments) throws IOException {
        process = AppProcess.of(List.of(), List.of(arguments), folder.resolve("err"))
                .start();
    }

    private static String java() {
        return Path.of(System.getProperty("java.home"), "bin", "java").toString();
    }

    private static String classPath() {
        return System.getProperty("java.class.path");
    }

    private String url() {
        return "http://localhost:" + origin.getAddress().getPort() + "/a";
    }

    private String errors() throws IOException {
        return Files.readString(folder.resolve("err"));
    }
}
