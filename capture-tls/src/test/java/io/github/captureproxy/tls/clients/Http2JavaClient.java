package io.github.captureproxy.tls.clients;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import okhttp3.Call;
import okhttp3.Callback;
import okhttp3.Dispatcher;
import okhttp3.OkHttpClient;
import okhttp3.Protocol;
import okhttp3.Request;
import okhttp3.RequestBody;
import okhttp3.Response;
import org.apache.hc.client5.http.async.methods.SimpleHttpRequest;
import org.apache.hc.client5.http.async.methods.SimpleHttpResponse;
import org.apache.hc.client5.http.async.methods.SimpleRequestBuilder;
import org.apache.hc.client5.http.config.TlsConfig;
import org.apache.hc.client5.http.impl.async.CloseableHttpAsyncClient;
import org.apache.hc.client5.http.impl.async.HttpAsyncClients;
import org.apache.hc.client5.http.impl.nio.PoolingAsyncClientConnectionManagerBuilder;
import org.apache.hc.client5.http.ssl.DefaultClientTlsStrategy;
import org.apache.hc.core5.concurrent.FutureCallback;
import org.apache.hc.core5.http.ContentType;
import org.apache.hc.core5.http.HttpHost;
import org.apache.hc.core5.http.HttpVersion;
import org.apache.hc.core5.http2.HttpVersionPolicy;
import org.apache.hc.core5.io.CloseMode;

/** Clients in this JVM that speak HTTP/2. */
enum Http2JavaClient implements Http2Client {
    JDK_HTTP_CLIENT {
        @Override
        public Session through(Http2Rig rig) throws Exception {
            return jdk(rig, HttpClient.Version.HTTP_2);
        }
    },

    OK_HTTP {
        @Override
        public Session through(Http2Rig rig) throws Exception {
            Dispatcher dispatcher = new Dispatcher();
            dispatcher.setMaxRequestsPerHost(SIDE_BY_SIDE);
            OkHttpClient client = new OkHttpClient.Builder()
                    .dispatcher(dispatcher)
                    .proxy(rig.proxy().asProxy())
                    .sslSocketFactory(
                            rig.trust().context("TLS").getSocketFactory(),
                            rig.trust().manager())
                    .build();
            return new JavaSession(ask -> okHttp(client, ask), () -> {
                dispatcher.executorService().shutdown();
                client.connectionPool().evictAll();
            });
        }
    },

    APACHE_ASYNC {
        @Override
        public Session through(Http2Rig rig) throws Exception {
            return apache(rig, HttpVersionPolicy.NEGOTIATE);
        }
    };

    private static final int SIDE_BY_SIDE = 64;
    private static final Duration PATIENCE = Duration.ofSeconds(30);

    @Override
    public boolean isInstalled() {
        return true;
    }

    /** The JDK's, in one version. */
    static Session jdk(Http2Rig rig, HttpClient.Version version) throws Exception {
        HttpClient client = HttpClient.newBuilder()
                .proxy(rig.proxy().proxySelector())
                .version(version)
                .sslContext(rig.trust().context("TLS"))
                .build();
        return new JavaSession(
                ask -> {
                    HttpRequest request = HttpRequest.newBuilder(URI.create(ask.url()))
                            .timeout(PATIENCE)
                            .method(
                                    ask.method(),
                                    ask.body().length == 0
                                            ? BodyPublishers.noBody()
                                            : BodyPublishers.ofByteArray(ask.body()))
                            .build();
                    return client.sendAsync(request, BodyHandlers.ofByteArray()).thenApply(Http2JavaClient::answer);
                },
                () -> {});
    }

    /** Apache's, which offers what a policy says. */
    static Session apache(Http2Rig rig, HttpVersionPolicy versions) throws Exception {
        CloseableHttpAsyncClient client = HttpAsyncClients.custom()
                .setProxy(new HttpHost("127.0.0.1", rig.proxy().port()))
                .setConnectionManager(PoolingAsyncClientConnectionManagerBuilder.create()
                        .setTlsStrategy(new DefaultClientTlsStrategy(rig.trust().context("TLS")))
                        .setDefaultTlsConfig(
                                TlsConfig.custom().setVersionPolicy(versions).build())
                        .setMaxConnPerRoute(1)
                        .setMessageMultiplexing(true)
                        .build())
                .build();
        client.start();
        return new JavaSession(ask -> send(client, ask), () -> client.close(CloseMode.GRACEFUL));
    }

    private static Answer answer(HttpResponse<byte[]> response) {
        String spoken = response.version() == HttpClient.Version.HTTP_2 ? "2" : "1.1";
        return new Answer(spoken, response.statusCode(), response.body());
    }

    private static CompletableFuture<Answer> okHttp(OkHttpClient client, Ask ask) {
        CompletableFuture<Answer> answer = new CompletableFuture<>();
        RequestBody body = ask.body().length == 0 ? null : RequestBody.create(ask.body(), null);
        Request request =
                new Request.Builder().url(ask.url()).method(ask.method(), body).build();
        client.newCall(request).enqueue(new Callback() {
            @Override
            public void onFailure(Call call, IOException e) {
                answer.completeExceptionally(e);
            }

            @Override
            public void onResponse(Call call, Response response) throws IOException {
                try (response) {
                    String spoken = response.protocol() == Protocol.HTTP_2 ? "2" : "1.1";
                    answer.complete(
                            new Answer(spoken, response.code(), response.body().bytes()));
                } catch (IOException e) {
                    answer.completeExceptionally(e);
                }
            }
        });
        return answer;
    }

    private static CompletableFuture<Answer> send(CloseableHttpAsyncClient client, Ask ask) {
        CompletableFuture<Answer> answer = new CompletableFuture<>();
        SimpleHttpRequest request =
                SimpleRequestBuilder.create(ask.method()).setUri(ask.url()).build();
        if (ask.body().length > 0) {
            request.setBody(ask.body(), ContentType.APPLICATION_OCTET_STREAM);
        }
        Future<SimpleHttpResponse> unused = client.execute(request, new FutureCallback<>() {
            @Override
            public void completed(SimpleHttpResponse response) {
                String spoken = HttpVersion.HTTP_2.equals(response.getVersion()) ? "2" : "1.1";
                byte[] body = response.getBodyBytes() == null ? new byte[0] : response.getBodyBytes();
                answer.complete(new Answer(spoken, response.getCode(), body));
            }

            @Override
            public void failed(Exception e) {
                answer.completeExceptionally(e);
            }

            @Override
            public void cancelled() {
                answer.cancel(false);
            }
        });
        return answer;
    }

    /** Sends a request without waiting. */
    private interface Sender {
        CompletableFuture<Answer> send(Ask ask);
    }

    /** One whose requests go out at once. */
    private record JavaSession(Sender sender, AutoCloseable end) implements Session {
        @Override
        public Answer send(Ask ask) throws Exception {
            return sender.send(ask).get(PATIENCE.toSeconds(), TimeUnit.SECONDS);
        }

        @Override
        public List<Answer> sendAll(List<Ask> asks) throws Exception {
            List<CompletableFuture<Answer>> sent =
                    asks.stream().map(sender::send).toList();
            CompletableFuture.allOf(sent.toArray(CompletableFuture[]::new)).get(PATIENCE.toSeconds(), TimeUnit.SECONDS);
            return sent.stream().map(CompletableFuture::join).toList();
        }

        @Override
        public void close() throws Exception {
            end.close();
        }
    }
}
