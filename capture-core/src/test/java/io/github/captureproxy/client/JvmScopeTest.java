package io.github.captureproxy.client;

import static io.github.captureproxy.history.ExchangeFilter.path;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.captureproxy.CaptureProxy;
import io.github.captureproxy.testkit.RecordingOrigin;
import java.io.IOException;
import java.io.InputStream;
import java.net.HttpURLConnection;
import java.net.InetAddress;
import java.net.Proxy;
import java.net.ProxySelector;
import java.net.Socket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.util.List;
import java.util.Properties;
import javax.net.ssl.HttpsURLConnection;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLSocketFactory;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** The JVM's settings for a while, and as they were afterwards. */
class JvmScopeTest {
    private static RecordingOrigin origin;
    private static CaptureProxy proxy;

    @BeforeAll
    static void start() throws IOException {
        origin = RecordingOrigin.start();
        proxy = CaptureProxy.builder().port(0).start();
    }

    @AfterAll
    static void stop() throws IOException {
        proxy.close();
        origin.close();
    }

    @BeforeEach
    void forget() {
        proxy.history().clear();
    }

    /** By the name that the JDK keeps from proxies by default. */
    private static URI local(String path) {
        return URI.create("http://localhost:" + origin.port() + path);
    }

    /** Leaves no connection for later, which would be open for seconds behind the test. */
    private static void read(URI target) throws IOException {
        HttpURLConnection connection = (HttpURLConnection) target.toURL().openConnection();
        try (InputStream in = connection.getInputStream()) {
            assertThat(in.readAllBytes()).asString().isEqualTo("hello");
        } finally {
            connection.disconnect();
        }
    }

    private static void read(HttpClient client, URI target) throws Exception {
        HttpRequest request = HttpRequest.newBuilder(target).build();
        assertThat(client.send(request, BodyHandlers.ofString()).body()).isEqualTo("hello");
    }

    @Test
    void clientsWithoutAProxyOfTheirOwnAreCapturedOnLocalhostToo() throws Exception {
        HttpClient before = HttpClient.newHttpClient();
        HttpClient within;
        try (JvmScope scope = JvmScope.open(proxy)) {
            assertThat(scope).hasToString("JvmScope through " + proxy.uri() + ", opened by thread " + threadName());
            within = HttpClient.newHttpClient();
            read(local("/url"));
            read(within, local("/within"));
            read(before, local("/before"));
        }
        read(within, local("/late"));
        read(local("/late"));

        assertThat(proxy.history().snapshot())
                .extracting(exchange -> exchange.request().url())
                .containsExactly(
                        local("/url").toString(),
                        local("/within").toString(),
                        local("/before").toString());
    }

    private static String threadName() {
        return Thread.currentThread().getName();
    }

    @Test
    void plainSocketsGoDirectly() throws Exception {
        try (JvmScope scope = JvmScope.open(proxy);
                Socket socket = new Socket(InetAddress.getLoopbackAddress(), origin.port())) {
            assertThat(scope).isNotNull();
            assertThat(socket.getPort()).isEqualTo(origin.port());
        }
    }

    @Test
    void everySettingIsPutBack() throws Exception {
        System.setProperty("http.proxyHost", "old.example");
        System.setProperty("http.nonProxyHosts", "*.example");
        try {
            Properties properties = (Properties) System.getProperties().clone();
            ProxySelector selector = ProxySelector.getDefault();
            SSLContext context = SSLContext.getDefault();
            SSLSocketFactory factory = HttpsURLConnection.getDefaultSSLSocketFactory();
            try (JvmScope scope = JvmScope.open(proxy)) {
                assertThat(System.getProperty("http.proxyHost")).isEqualTo("127.0.0.1");
                assertThat(System.getProperty("https.proxyPort")).isEqualTo(String.valueOf(proxy.port()));
                assertThat(System.getProperty("http.nonProxyHosts")).isEmpty();
                assertThat(ProxySelector.getDefault()).isNotSameAs(selector);
                scope.close();
                System.setProperty("http.proxyPort", "1"); // the second close leaves it alone
            }
            assertThat(System.clearProperty("http.proxyPort")).isEqualTo("1");
            assertThat(System.getProperties()).isEqualTo(properties);
            assertThat(ProxySelector.getDefault()).isSameAs(selector);
            assertThat(SSLContext.getDefault()).isSameAs(context);
            assertThat(HttpsURLConnection.getDefaultSSLSocketFactory()).isSameAs(factory);
        } finally {
            System.clearProperty("http.proxyHost");
            System.clearProperty("http.nonProxyHosts");
        }
    }

    @Test
    void whatOthersChangeMeanwhileIsTheirs() throws Exception {
        ProxySelector before = ProxySelector.getDefault();
        ProxySelector theirs = ProxySelector.of(null);
        try {
            try (JvmScope scope = JvmScope.open(proxy)) {
                assertThat(scope).isNotNull();
                ProxySelector.setDefault(theirs);
                System.setProperty("https.proxyHost", "their.example");
            }
            assertThat(ProxySelector.getDefault()).isSameAs(theirs);
            assertThat(System.getProperty("https.proxyHost")).isEqualTo("their.example");
            assertThat(System.getProperty("http.proxyHost")).isNull();
        } finally {
            ProxySelector.setDefault(before);
            System.clearProperty("https.proxyHost");
        }
    }

    @Test
    void aSecondScopeIsRefusedUntilTheFirstIsClosed() throws Exception {
        try (JvmScope first = JvmScope.open(proxy)) {
            assertThatThrownBy(() -> JvmScope.open(proxy))
                    .isInstanceOf(IllegalStateException.class)
                    .hasMessage("the settings of this JVM are changed already, through " + proxy.uri()
                            + ", opened by thread " + threadName()
                            + ": close that scope first, or hand proxySelector() and sslContext() to each client"
                            + " instead");
            assertThat(first).isNotNull();
            read(local("/still"));
        }
        try (JvmScope second = JvmScope.open(proxy)) {
            assertThat(second).isNotNull();
            read(local("/again"));
        }
        assertThat(proxy.history().find(path("/still"))).hasSize(1);
        assertThat(proxy.history().find(path("/again"))).hasSize(1);
    }

    @Test
    void withoutASelectorBeforeOtherSchemesGoDirectly() {
        ScopeSelector selector = new ScopeSelector(proxy.asProxy(), null);
        assertThat(selector.select(URI.create("HTTP://localhost/"))).isEqualTo(List.of(proxy.asProxy()));
        assertThat(selector.select(URI.create("ftp://a.example/"))).containsExactly(Proxy.NO_PROXY);
        selector.connectFailed(local("/"), origin.address(), new IOException("refused"));
        selector.close();
        assertThat(selector.select(local("/"))).containsExactly(Proxy.NO_PROXY);
    }
}
