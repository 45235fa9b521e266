package io.github.captureproxy.tls.clients;

import java.io.IOException;
import java.io.InputStream;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import javax.net.ssl.HttpsURLConnection;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLParameters;
import okhttp3.CertificatePinner;
import okhttp3.OkHttpClient;
import okhttp3.Request;
import okhttp3.Response;
import org.apache.hc.client5.http.classic.methods.HttpGet;
import org.apache.hc.client5.http.impl.classic.CloseableHttpClient;
import org.apache.hc.client5.http.impl.classic.HttpClients;
import org.apache.hc.client5.http.impl.io.PoolingHttpClientConnectionManagerBuilder;
import org.apache.hc.client5.http.ssl.DefaultClientTlsStrategy;
import org.apache.hc.client5.http.ssl.DefaultHostnameVerifier;
import org.apache.hc.core5.http.HttpHost;
import org.apache.hc.core5.http.io.entity.EntityUtils;
import org.apache.hc.core5.reactor.ssl.SSLBufferMode;

/** Clients in this JVM, each with a context of its own, so that no session is resumed. */
enum JavaClient implements HttpsClient {
    JDK_HTTP_CLIENT {
        @Override
        String read(Call call, SSLContext context) throws Exception {
            SSLParameters parameters = new SSLParameters();
            parameters.setProtocols(new String[] {call.protocol()});
            HttpClient client = HttpClient.newBuilder()
                    .proxy(call.proxy().proxySelector())
                    .version(HttpClient.Version.HTTP_1_1)
                    .sslContext(context)
                    .sslParameters(parameters)
                    .build();
            HttpRequest request = HttpRequest.newBuilder(URI.create(call.url()))
                    .timeout(PATIENCE)
                    .build();
            return client.send(request, BodyHandlers.ofString()).body();
        }
    },

    HTTP_URL_CONNECTION {
        @Override
        String read(Call call, SSLContext context) throws Exception {
            HttpsURLConnection connection = (HttpsURLConnection)
                    URI.create(call.url()).toURL().openConnection(call.proxy().asProxy());
            connection.setSSLSocketFactory(new OneVersion(context.getSocketFactory(), call.protocol()));
            connection.setReadTimeout((int) PATIENCE.toMillis());
            try (InputStream in = connection.getInputStream()) {
                return new String(in.readAllBytes(), StandardCharsets.UTF_8);
            }
        }
    },

    APACHE_HTTP_CLIENT {
        @Override
        String read(Call call, SSLContext context) throws Exception {
            DefaultClientTlsStrategy strategy = new DefaultClientTlsStrategy(
                    context, new String[] {call.protocol()}, null, SSLBufferMode.STATIC, new DefaultHostnameVerifier());
            try (CloseableHttpClient client = HttpClients.custom()
                    .setConnectionManager(PoolingHttpClientConnectionManagerBuilder.create()
                            .setTlsSocketStrategy(strategy)
                            .build())
                    .setProxy(new HttpHost("127.0.0.1", call.proxy().port()))
                    .build()) {
                return client.execute(new HttpGet(call.url()), response -> EntityUtils.toString(response.getEntity()));
            }
        }
    },

    OK_HTTP {
        @Override
        String read(Call call, SSLContext context) throws Exception {
            return okHttp(call, context, CertificatePinner.DEFAULT);
        }
    };

    private static final Duration PATIENCE = Duration.ofSeconds(30);

    abstract String read(Call call, SSLContext context) throws Exception;

    @Override
    public boolean isInstalled() {
        return true;
    }

    @Override
    public Answer get(Call call) throws Exception {
        try {
            return new Answer(true, read(call, call.trust().context(call.protocol())));
        } catch (IOException e) {
            return new Answer(false, e.toString());
        }
    }

    /** OkHttp, with what it is to find in the chain beside trust. */
    static String okHttp(Call call, SSLContext context, CertificatePinner pins) throws IOException {
        OkHttpClient client = new OkHttpClient.Builder()
                .proxy(call.proxy().asProxy())
                .sslSocketFactory(
                        new OneVersion(context.getSocketFactory(), call.protocol()),
                        call.trust().manager())
                .certificatePinner(pins)
                .build();
        try (Response response =
                client.newCall(new Request.Builder().url(call.url()).build()).execute()) {
            return response.body().string();
        } finally {
            client.dispatcher().executorService().shutdown();
            client.connectionPool().evictAll();
        }
    }
}
