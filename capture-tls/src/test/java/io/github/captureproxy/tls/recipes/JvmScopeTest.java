package io.github.captureproxy.tls.recipes;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.captureproxy.CaptureProxy;
import io.github.captureproxy.client.JvmScope;
import io.github.captureproxy.testkit.RecordingOrigin;
import io.github.captureproxy.tls.TlsInterception;
import io.github.captureproxy.tls.testkit.TlsRig;
import java.io.InputStream;
import java.net.ProxySelector;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.util.Properties;
import javax.net.ssl.HttpsURLConnection;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLSocketFactory;
import okhttp3.OkHttpClient;
import okhttp3.Request;
import okhttp3.Response;
import org.apache.hc.client5.http.classic.methods.HttpGet;
import org.apache.hc.client5.http.impl.classic.CloseableHttpClient;
import org.apache.hc.client5.http.impl.classic.HttpClients;
import org.apache.hc.core5.http.io.entity.EntityUtils;
import org.junit.jupiter.api.Test;

/** Clients that nobody told anything speak HTTPS through the proxy within a scope, and trust its authority. */
class JvmScopeTest {
    private final TlsRig rig = new TlsRig();

    /** Code that makes clients of its own, as it did before there was a proxy. */
    private static final class Service {
        static String jdk(URI target) throws Exception {
            HttpRequest request = HttpRequest.newBuilder(target).build();
            return HttpClient.newHttpClient()
                    .send(request, BodyHandlers.ofString())
                    .body();
        }

        static String url(URI target) throws Exception {
            try (InputStream in = target.toURL().openStream()) {
                return new String(in.readAllBytes(), StandardCharsets.UTF_8);
            }
        }

        static String okHttp(URI target) throws Exception {
            OkHttpClient client = new OkHttpClient();
            Request request = new Request.Builder().url(target.toURL()).build();
            try (Response response = client.newCall(request).execute()) {
                return response.body().string();
            } finally {
                client.dispatcher().executorService().shutdown();
                client.connectionPool().evictAll();
            }
        }

        static String apache(URI target) throws Exception {
            try (CloseableHttpClient client = HttpClients.createSystem()) {
                return client.execute(new HttpGet(target), response -> EntityUtils.toString(response.getEntity()));
            }
        }
    }

    @Test
    void httpsOfClientsThatAreLeftAtTheirDefaultsIsCaptured() throws Exception {
        Properties properties = (Properties) System.getProperties().clone();
        ProxySelector selector = ProxySelector.getDefault();
        SSLContext context = SSLContext.getDefault();
        SSLSocketFactory factory = HttpsURLConnection.getDefaultSSLSocketFactory();
        CaptureProxy proxy = rig.proxy();
        try (rig;
                RecordingOrigin origin =
                        RecordingOrigin.start(TlsRig.certificate("localhost").serverContext())) {
            URI target = URI.create("https://localhost:" + origin.port() + "/last");
            try (JvmScope scope = JvmScope.open(proxy)) {
                assertThat(scope).isNotNull();
                assertThat(Service.jdk(target)).isEqualTo("hello");
                assertThat(Service.url(target)).isEqualTo("hello");
                assertThat(Service.okHttp(target)).isEqualTo("hello");
                assertThat(Service.apache(target)).isEqualTo("hello");
            }
            assertThat(proxy.history().snapshot())
                    .extracting(exchange -> exchange.request().url())
                    .hasSize(4)
                    .containsOnly(target.toString());
        }
        assertThat(System.getProperties()).isEqualTo(properties);
        assertThat(ProxySelector.getDefault()).isSameAs(selector);
        assertThat(SSLContext.getDefault()).isSameAs(context);
        assertThat(HttpsURLConnection.getDefaultSSLSocketFactory()).isSameAs(factory);
    }

    @Test
    void theTrustOfAProxyIsTheAuthorityBesideThePlatformsRoots() throws Exception {
        try (rig) {
            TlsInterception tls = rig.tls();
            assertThat(rig.proxy().hasAuthority()).isTrue();
            assertThat(rig.proxy().trustManager().getAcceptedIssuers())
                    .contains(tls.authority().certificate())
                    .hasSizeGreaterThan(10);
        }
    }
}
