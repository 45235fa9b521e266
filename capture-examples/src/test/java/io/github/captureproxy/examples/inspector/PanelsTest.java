package io.github.captureproxy.examples.inspector;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.sun.net.httpserver.HttpServer;
import io.github.captureproxy.CaptureProxy;
import io.github.captureproxy.CaptureProxyBuilder;
import io.github.captureproxy.examples.desk.Desk;
import io.github.captureproxy.examples.desk.DeskSettings;
import io.github.captureproxy.examples.desk.RunningProxy;
import io.github.captureproxy.examples.store.HistoryStore;
import io.github.captureproxy.examples.store.StoreLimits;
import io.github.captureproxy.spi.ExchangeListener;
import io.github.captureproxy.testkit.Eventually;
import io.github.captureproxy.tls.CertificateAuthority;
import io.github.captureproxy.tls.HostChoices.Choice;
import io.github.captureproxy.tls.TlsInterception;
import io.github.captureproxy.tls.TlsMemory;
import java.io.BufferedReader;
import java.io.InputStreamReader;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** The calls behind the views of settings, hosts, cookies and devices. */
@Timeout(60)
class PanelsTest {
    private static final CertificateAuthority AUTHORITY = CertificateAuthority.ephemeral();

    @TempDir
    Path folder;

    private HistoryStore store;
    private Inspector inspector;
    private Desk desk;
    private HttpServer origin;
    private PageCalls page;
    private final List<String> revoked = new ArrayList<>();
    private final List<String> opened = new ArrayList<>();

    @BeforeEach
    void start() throws Exception {
        store = HistoryStore.open(folder.resolve("history.db"), StoreLimits.defaults());
        inspector = Inspector.open(0, store, folder.resolve("collections"));
        desk = Desk.start(
                new DeskSettings(0, "127.0.0.1", List.of(), Optional.of("user:secret"), true, ""), this::proxy);
        inspector.attach(desk, new Surroundings(ThisMachine.UNKNOWN, new Lan(), new Shop(), Optional::empty));
        page = PageCalls.open(inspector.newLink());
        origin = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        origin.createContext("/", exchange -> {
            exchange.getResponseHeaders().add("Set-Cookie", "id=first; Path=/; HttpOnly");
            exchange.sendResponseHeaders(204, -1);
            exchange.close();
        });
        origin.start();
    }

    private RunningProxy proxy(DeskSettings settings) {
        TlsInterception tls = TlsInterception.builder().authority(AUTHORITY).build();
        CaptureProxyBuilder builder = CaptureProxy.builder()
                .port(settings.port())
                .bind(settings.bind())
                .refuseTargets(inspector.address())
                .listener(inspector.listeners().toArray(ExchangeListener[]::new));
        if (settings.https()) {
            builder.tls(tls);
        }
        if (!settings.allow().isEmpty()) {
            builder.allowClients(settings.allow().toArray(String[]::new));
        }
        return new RunningProxy(builder.start(), settings.https() ? Optional.of(tls) : Optional.empty());
    }

    @AfterEach
    void stop() {
        desk.close();
        inspector.close();
        store.close();
        origin.stop(0);
    }

    private int visit(String url) throws Exception {
        return HttpClient.newBuilder()
                .proxy(desk.proxy().proxySelector())
                .build()
                .send(HttpRequest.newBuilder(URI.create(url)).build(), BodyHandlers.discarding())
                .statusCode();
    }

    private String site() {
        return "http://127.0.0.1:" + origin.getAddress().getPort() + "/";
    }

    private int cookies() {
        try {
            return page.get("/api/cookies").json().path("cookies").size();
        } catch (Exception e) {
            throw new IllegalStateException("the page's server does not answer", e);
        }
    }

    /** One device, whose address is noted when it is let in no more. */
    private final class Lan implements LanDevices {
        @Override
        public boolean isOn() {
            return true;
        }

        @Override
        public Optional<Entrance> entrance() {
            return Optional.of(new Entrance(
                    "192.168.1.2:5555",
                    "http://192.168.1.2:5555/?code=ABC",
                    "ABC",
                    Instant.ofEpochSecond(9_999_999_999L),
                    "<svg/>",
                    List.of(new Device("192.168.1.9", "Android phone", Instant.EPOCH))));
        }

        @Override
        public boolean revoke(String address) {
            return address.equals("192.168.1.9") && revoked.add(address);
        }
    }

    private final class Shop implements Browsers {
        @Override
        public List<String> installed() {
            return List.of("Chromium");
        }

        @Override
        public void open(String name) {
            opened.add(name);
        }
    }

    @Test
    void settingsAreShownWithoutSecrets() throws Exception {
        String text = page.call("GET", "/api/settings", "").body();
        assertThat(text).contains("\"user\":\"user\"").doesNotContain("secret");
        assertThat(page.get("/api/settings")
                        .json()
                        .path("settings")
                        .path("hsts")
                        .asText())
                .isEqualTo("adaptive");
    }

    @Test
    void aSettingThatNeedsNoRestartIsTakenInPlace() throws Exception {
        CaptureProxy before = desk.proxy();
        JsonNode shown = page.call("PUT", "/api/settings", "{\"filter\":\"-host:127.0.0.1\"}")
                .json();
        assertThat(shown.path("restarted").asBoolean()).isFalse();
        assertThat(desk.proxy()).isSameAs(before);
        visit(site());
        desk.close();
        store.flush();
        assertThat(store.state().rows()).isZero();
    }

    @Test
    void theAddressOfAProxyThatListensEverywhereIsOneThatCanBeSet() throws Exception {
        JsonNode shown = page.call("PUT", "/api/settings", "{\"bind\":\"0.0.0.0\",\"allow\":[\"10.0.0.0/8\"]}")
                .json();
        String address = "127.0.0.1:" + desk.proxy().address().getPort();
        assertThat(shown.path("address").asText()).isEqualTo(address);
        assertThat(page.get("/api/state").json().path("address").asText()).isEqualTo(address);
    }

    @Test
    void aPasswordThatIsLeftOutStays() throws Exception {
        JsonNode shown = page.call(
                        "PUT", "/api/settings", "{\"user\":\"user\",\"password\":\"\",\"bind\":\"127.0.0.1\"}")
                .json();
        assertThat(shown.path("restarted").asBoolean()).isFalse();
        assertThat(desk.settings().login()).contains("user:secret");
        page.call("PUT", "/api/settings", "{\"user\":\"\"}");
        assertThat(desk.settings().login()).isEmpty();
    }

    @Test
    void whatIsWrongIsSaidByFieldAndNothingChanges() throws Exception {
        DeskSettings before = desk.settings();
        var answer = page.call("PUT", "/api/settings", "{\"allow\":[\"10.0.0.0/99\"],\"filter\":\"status:(\"}");
        assertThat(answer.status()).isEqualTo(400);
        assertThat(answer.body()).contains("\"field\":\"allow\"", "\"field\":\"filter\"");
        assertThat(desk.settings()).isEqualTo(before);
        assertRefused("port", "{\"port\":\"x\"}");
        assertRefused("user", "{\"user\":\"a:b\",\"password\":\"c\"}");
        assertRefused("user", "{\"user\":\"\",\"password\":\"c\"}");
        assertRefused("password", "{\"user\":\"other\",\"password\":\"\"}");
        assertRefused("collection", "{\"collection\":\"calls\"}");
        String itself = "127.0.0.1:" + desk.proxy().address().getPort();
        assertRefused("upstream", "{\"upstream\":\"" + itself + "\"}");
        assertThat(desk.settings()).isEqualTo(before);
    }

    private void assertRefused(String field, String body) throws Exception {
        var answer = page.call("PUT", "/api/settings", body);
        assertThat(answer.status()).isEqualTo(400);
        assertThat(answer.json().path("problems")).singleElement().satisfies(problem -> {
            assertThat(problem.path("field").asText()).isEqualTo(field);
            assertThat(problem.path("message").asText()).isNotBlank();
        });
    }

    @Test
    void aCollectionGrowsWhereThePageSays() throws Exception {
        Path file = folder.resolve("calls.json");
        JsonNode shown = page.call("PUT", "/api/settings", "{\"collection\":\"" + file + "\"}")
                .json();
        assertThat(shown.path("collectionFile").asText()).isEqualTo(file.toString());
        visit(site());
        desk.close();
        inspector.close();
        assertThat(file).content().contains("127.0.0.1");
    }

    @Test
    void aHostIsChosenAndForgotten() throws Exception {
        assertThat(page.call("PUT", "/api/hosts/a.test", "{\"choice\":\"pass-through\"}")
                        .status())
                .isEqualTo(204);
        assertThat(desk.tls().orElseThrow().hostChoices().of("a.test")).isEqualTo(Choice.PASS_THROUGH);
        JsonNode host = page.get("/api/hosts").json().path("hosts").path(0);
        assertThat(host.path("host").asText()).isEqualTo("a.test");
        assertThat(host.path("choice").asText()).isEqualTo("pass-through");
        assertThat(page.call("POST", "/api/hosts/a.test/forget", "").status()).isEqualTo(204);
        assertThat(page.call("PUT", "/api/hosts/a.test", "{\"choice\":\"x\"}").status())
                .isEqualTo(400);
        assertThat(page.call("PUT", "/api/hosts/a%20b", "{\"choice\":\"inspect\"}")
                        .status())
                .isEqualTo(400);
    }

    @Test
    void thatAClientHasSentDataToAHostIsNoNews() throws Exception {
        HttpClient.newBuilder()
                .proxy(desk.proxy().proxySelector())
                .sslContext(AUTHORITY.trust().sslContext())
                .build()
                .send(
                        HttpRequest.newBuilder(URI.create("https://" + TlsInterception.OWN_HOST + "/"))
                                .build(),
                        BodyHandlers.discarding());
        page.call("PUT", "/api/hosts/" + TlsInterception.OWN_HOST, "{\"choice\":\"pass-through\"}");
        assertThat(desk.tls().orElseThrow().memory().entries())
                .extracting(TlsMemory.Entry::kind)
                .contains(TlsMemory.Kind.SENT);
        JsonNode listed = page.get("/api/hosts").json();
        assertThat(listed.path("hosts").path(0).path("remembered")).isEmpty();
        assertThat(listed.path("clients"))
                .extracting(client -> client.path("kind").asText())
                .containsExactly("TRUSTS");
    }

    @Test
    void whatWasDecidedForATunnelIsToldWhileItIsOpenAndAfterwards() throws Exception {
        try (ServerSocket silent = new ServerSocket(0, 1, InetAddress.getLoopbackAddress());
                Socket client = tunnel("localhost:" + silent.getLocalPort())) {
            assertThat(page.get("/api/hosts").json().path("deciding").asBoolean())
                    .isTrue();
            client.getOutputStream().write("neither TLS nor HTTP\r\n".getBytes(UTF_8));
            Eventually.holds("an open tunnel is counted", () -> tunnels("localhost", "open") == 1);
            assertThat(store.state().rows()).isZero();
            JsonNode listed = page.get("/api/hosts").json();
            assertThat(listed.path("deciding").asBoolean()).isFalse();
            JsonNode host = listed.path("hosts").path(0);
            assertThat(host.path("decided").path("reason").asText()).isEqualTo("NOT_TLS");
            assertThat(host.path("lastTime").asLong()).isPositive();
        }
        Eventually.holds("it is recorded", () -> store.state().rows() == 1);
        Eventually.holds("no tunnel is open", () -> tunnels("localhost", "open") == 0);
        assertThat(tunnels("localhost", "count")).isEqualTo(1);
    }

    /** The page shows some of many at first. */
    @Test
    void theBusiestHostsComeFirst() throws Exception {
        int port = origin.getAddress().getPort();
        for (String host : List.of("z.localhost", "127.0.0.1", "z.localhost", "m.localhost")) {
            assertThat(visit("http://" + host + ":" + port + "/")).isEqualTo(204);
        }
        Eventually.holds("all are recorded", () -> store.state().rows() == 4);
        page.call("PUT", "/api/hosts/c.test", "{\"choice\":\"pass-through\"}");
        page.call("PUT", "/api/hosts/b.test", "{\"choice\":\"pass-through\"}");
        try (ServerSocket silent = new ServerSocket(0, 1, InetAddress.getLoopbackAddress());
                Socket client = tunnel("d.localhost:" + silent.getLocalPort())) {
            client.getOutputStream().write("neither TLS nor HTTP\r\n".getBytes(UTF_8));
            Eventually.holds("an open tunnel is counted", () -> tunnels("d.localhost", "open") == 1);
            assertThat(page.get("/api/hosts").json().path("hosts"))
                    .extracting(host -> host.path("host").asText())
                    .containsExactly("z.localhost", "127.0.0.1", "m.localhost", "d.localhost", "b.test", "c.test");
        }
    }

    /** A client's connection to a target through the proxy. */
    private Socket tunnel(String target) throws Exception {
        Socket client = new Socket(
                desk.proxy().address().getAddress(), desk.proxy().address().getPort());
        client.getOutputStream().write(("CONNECT " + target + " HTTP/1.1\r\nHost: x\r\n\r\n").getBytes(UTF_8));
        String answer = new BufferedReader(new InputStreamReader(client.getInputStream(), UTF_8)).readLine();
        assertThat(answer).startsWith("HTTP/1.1 200");
        return client;
    }

    /** A number of what is told of the first thing that was decided for a host's tunnels. */
    private int tunnels(String host, String number) {
        try {
            for (JsonNode each : page.get("/api/hosts").json().path("hosts")) {
                if (each.path("host").asText().equals(host)) {
                    return each.path("tunnels").path(0).path(number).asInt();
                }
            }
            return -1;
        } catch (Exception e) {
            throw new IllegalStateException("the page's server does not answer", e);
        }
    }

    @Test
    void aCertificateIsTrustedAndTrustedNoMore() throws Exception {
        String print = "0a".repeat(32);
        assertThat(page.call("POST", "/api/hosts/a.test/trust", "{\"sha256\":\"" + print + "\"}")
                        .status())
                .isEqualTo(204);
        TlsInterception tls = desk.tls().orElseThrow();
        assertThat(tls.originCertificates().trusted()).containsOnlyKeys("a.test");
        assertThat(page.call("DELETE", "/api/hosts/a.test/trust", "").status()).isEqualTo(204);
        assertThat(tls.originCertificates().trusted()).isEmpty();
        assertThat(page.call("POST", "/api/hosts/a.test/trust", "{\"sha256\":\"1\"}")
                        .status())
                .isEqualTo(400);
    }

    @Test
    void withoutHttpsNothingCanBeChosen() throws Exception {
        page.call("PUT", "/api/settings", "{\"https\":false}");
        assertThat(page.get("/api/hosts").json().path("https").asBoolean()).isFalse();
        assertThat(page.call("PUT", "/api/hosts/a.test", "{\"choice\":\"inspect\"}")
                        .status())
                .isEqualTo(409);
    }

    @Test
    void cookiesAreListedWithoutValuesWhichAreToldOneByOne() throws Exception {
        visit(site());
        Eventually.holds("a cookie is listed", () -> cookies() == 1);
        JsonNode cookie = page.get("/api/cookies").json().path("cookies").path(0);
        assertThat(cookie.path("httpOnly").asBoolean()).isTrue();
        assertThat(cookie.toString()).doesNotContain("first");
        assertThat(page.get("/api/cookies/value?domain=127.0.0.1&path=/&name=id")
                        .json()
                        .path("value")
                        .asText())
                .isEqualTo("first");
        assertThat(page.get("/api/cookies/more?domain=127.0.0.1").json().path("changes"))
                .hasSize(1);
        assertThat(page.call("GET", "/api/cookies/export?format=netscape", "").body())
                .contains("id\tfirst");
    }

    @Test
    void cookiesOfBeforeTheStartAreReadFromTheHistory() throws Exception {
        visit(site());
        Eventually.holds("a cookie is listed", () -> cookies() == 1);
        desk.close();
        inspector.close();
        inspector = Inspector.open(0, store, folder.resolve("collections"));
        desk = Desk.start(desk.settings(), this::proxy);
        inspector.attach(desk);
        page = PageCalls.open(inspector.newLink());
        Eventually.holds("a cookie is listed", () -> cookies() == 1);
    }

    @Test
    void aDeviceIsLetInNoMoreAndABrowserIsOpened() throws Exception {
        assertThat(page.get("/api/devices").json().path("lan").path("devices")).hasSize(1);
        assertThat(page.call("POST", "/api/devices/revoke", "{\"address\":\"192.168.1.9\"}")
                        .status())
                .isEqualTo(200);
        assertThat(page.call("POST", "/api/devices/revoke", "{\"address\":\"192.168.1.8\"}")
                        .status())
                .isEqualTo(404);
        assertThat(revoked).containsExactly("192.168.1.9");
        page.call("POST", "/api/browsers", "{\"browser\":\"Chromium\"}");
        assertThat(opened).containsExactly("Chromium");
    }

    @Test
    void noClientGetsToThePageThroughTheProxy() throws Exception {
        for (String host : new String[] {"127.0.0.1", "localhost", "[::1]"}) {
            assertThat(visit("http://" + host + ":" + inspector.address().getPort() + "/"))
                    .isEqualTo(403);
        }
        Eventually.holds("all three are recorded", () -> store.state().rows() == 3);
    }
}
