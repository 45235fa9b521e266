package io.github.captureproxy.client;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.captureproxy.CaptureProxy;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The variables for a proxy without an authority. */
class ClientEnvironmentTest {
    private static CaptureProxy proxy;

    @BeforeAll
    static void start() {
        proxy = CaptureProxy.builder().port(0).start();
    }

    @AfterAll
    static void stop() {
        proxy.close();
    }

    @Test
    void allToolsAreToldOfTheProxyInTheirOwnWay() {
        String url = "http://127.0.0.1:" + proxy.port();
        assertThat(ClientEnvironment.of(proxy).variables())
                .containsOnly(
                        Map.entry("http_proxy", url),
                        Map.entry("HTTP_PROXY", url),
                        Map.entry("https_proxy", url),
                        Map.entry("HTTPS_PROXY", url),
                        Map.entry("no_proxy", ""),
                        Map.entry("NO_PROXY", ""),
                        Map.entry("grpc_proxy", url),
                        Map.entry("no_grpc_proxy", ""),
                        Map.entry("NODE_USE_ENV_PROXY", "1"),
                        Map.entry("GLOBAL_AGENT_HTTP_PROXY", url),
                        Map.entry("GLOBAL_AGENT_NO_PROXY", ""),
                        Map.entry(
                                "JAVA_TOOL_OPTIONS",
                                "-Dhttp.proxyHost=127.0.0.1 -Dhttp.proxyPort=" + proxy.port()
                                        + " -Dhttps.proxyHost=127.0.0.1 -Dhttps.proxyPort=" + proxy.port()
                                        + " -Dhttp.nonProxyHosts="));
    }

    @Test
    void aFolderStaysEmptyWithoutAnAuthority(@TempDir Path folder) throws Exception {
        ClientEnvironment environment = ClientEnvironment.of(proxy, folder);
        assertThat(environment.files()).isEmpty();
        assertThat(environment.variables())
                .isEqualTo(ClientEnvironment.of(proxy).variables());
        assertThat(folder).isEmptyDirectory();
    }

    @Test
    void aContainerReachesTheProxyByAnotherName() {
        Map<String, String> variables = ClientEnvironment.of(proxy)
                .inContainer("host.testcontainers.internal", "/capture")
                .variables();
        assertThat(variables)
                .containsEntry("http_proxy", "http://host.testcontainers.internal:" + proxy.port())
                .doesNotContainKey("SSL_CERT_FILE");
        assertThat(variables.get("JAVA_TOOL_OPTIONS")).startsWith("-Dhttp.proxyHost=host.testcontainers.internal ");
    }

    @Test
    void aContainerMayReachItByAnIpv6Address() {
        Map<String, String> variables =
                ClientEnvironment.of(proxy).inContainer("fd00::1", "/capture").variables();
        assertThat(variables).containsEntry("HTTPS_PROXY", "http://[fd00::1]:" + proxy.port());
        assertThat(variables.get("JAVA_TOOL_OPTIONS")).startsWith("-Dhttp.proxyHost=fd00::1 ");
    }

    @Test
    void aUrlIsNoHostName() {
        assertThatThrownBy(() -> ClientEnvironment.of(proxy).inContainer("http://host", "/capture"))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("not a host name or an address: \"http://host\"; give it without scheme and port");
    }

    @Test
    void credentialsAreEncodedAndNeverShown() {
        ClientEnvironment environment = ClientEnvironment.of(proxy).asUser("a b", "s:e@c");
        assertThat(environment.variables())
                .containsEntry("http_proxy", "http://a%20b:s%3Ae%40c@127.0.0.1:" + proxy.port());
        assertThat(environment.inContainer("host", "/").variables())
                .containsEntry("http_proxy", "http://a%20b:s%3Ae%40c@host:" + proxy.port());
        assertThat(environment).hasToString("ClientEnvironment[" + proxy.uri() + "]");
    }

    @Test
    void whatIsInheritedIsReplacedButForJavasOptions() {
        ProcessBuilder process = new ProcessBuilder("true");
        process.environment().put("NO_PROXY", "localhost");
        process.environment().put("JAVA_TOOL_OPTIONS", "-Xmx64m");
        ClientEnvironment.of(proxy).applyTo(process);
        assertThat(process.environment()).containsEntry("NO_PROXY", "");
        assertThat(process.environment().get("JAVA_TOOL_OPTIONS")).startsWith("-Xmx64m -Dhttp.proxyHost=127.0.0.1 ");
    }
}
