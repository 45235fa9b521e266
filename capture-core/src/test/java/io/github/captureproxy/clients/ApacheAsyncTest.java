package io.github.captureproxy.clients;

import io.github.captureproxy.CaptureProxy;
import java.io.IOException;
import java.util.concurrent.TimeUnit;
import org.apache.hc.client5.http.impl.async.CloseableHttpAsyncClient;
import org.apache.hc.client5.http.impl.async.HttpAsyncClients;
import org.apache.hc.client5.http.impl.nio.PoolingAsyncClientConnectionManagerBuilder;
import org.apache.hc.core5.http.ContentType;
import org.apache.hc.core5.http.HttpHost;
import org.apache.hc.core5.http.HttpResponse;
import org.apache.hc.core5.http.Message;
import org.apache.hc.core5.http.nio.entity.BasicAsyncEntityConsumer;
import org.apache.hc.core5.http.nio.entity.BasicAsyncEntityProducer;
import org.apache.hc.core5.http.nio.support.AsyncRequestBuilder;
import org.apache.hc.core5.http.nio.support.BasicResponseConsumer;
import org.apache.hc.core5.io.CloseMode;

/** Apache HttpClient 5, the asynchronous one. */
class ApacheAsyncTest extends ClientContract {
    @Override
    Client open(CaptureProxy through) {
        CloseableHttpAsyncClient client = HttpAsyncClients.custom()
                .setProxy(HttpHost.create(through.uri()))
                .disableAutomaticRetries()
                .setConnectionManager(PoolingAsyncClientConnectionManagerBuilder.create()
                        .setMaxConnPerRoute(100)
                        .setMaxConnTotal(100)
                        .build())
                .build();
        client.start();
        return new Calls(client);
    }

    @Override
    boolean unpacks() {
        return true;
    }

    private record Calls(CloseableHttpAsyncClient client) implements Client {
        @Override
        public Answer send(Call call) throws Exception {
            AsyncRequestBuilder request =
                    AsyncRequestBuilder.create(call.method()).setUri(call.url());
            if (call.chunked() || call.body().length > 0) {
                request.setEntity(new BasicAsyncEntityProducer(
                        call.body(), ContentType.APPLICATION_OCTET_STREAM, call.chunked()));
            }
            Message<HttpResponse, byte[]> message = client.execute(
                            request.build(), new BasicResponseConsumer<>(new BasicAsyncEntityConsumer()), null)
                    .get(20, TimeUnit.SECONDS);
            return new Answer(message.getHead().getCode(), message.getBody());
        }

        @Override
        public void close() throws IOException {
            client.close(CloseMode.GRACEFUL);
        }
    }
}
