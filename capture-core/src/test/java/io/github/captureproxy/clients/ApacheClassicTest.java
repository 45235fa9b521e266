package io.github.captureproxy.clients;

import io.github.captureproxy.CaptureProxy;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import org.apache.hc.client5.http.impl.classic.CloseableHttpClient;
import org.apache.hc.client5.http.impl.classic.HttpClients;
import org.apache.hc.client5.http.impl.io.PoolingHttpClientConnectionManagerBuilder;
import org.apache.hc.core5.http.ContentType;
import org.apache.hc.core5.http.HttpHost;
import org.apache.hc.core5.http.io.entity.ByteArrayEntity;
import org.apache.hc.core5.http.io.entity.EntityUtils;
import org.apache.hc.core5.http.io.entity.InputStreamEntity;
import org.apache.hc.core5.http.io.support.ClassicRequestBuilder;

/** Apache HttpClient 5, the blocking one. */
class ApacheClassicTest extends ClientContract {
    @Override
    Client open(CaptureProxy through) {
        return new Calls(HttpClients.custom()
                .setProxy(HttpHost.create(through.uri()))
                .disableAutomaticRetries()
                .setConnectionManager(PoolingHttpClientConnectionManagerBuilder.create()
                        .setMaxConnPerRoute(100)
                        .setMaxConnTotal(100)
                        .build())
                .build());
    }

    @Override
    boolean unpacks() {
        return true;
    }

    private record Calls(CloseableHttpClient client) implements Client {
        @Override
        public Answer send(Call call) throws IOException {
            ClassicRequestBuilder request =
                    ClassicRequestBuilder.create(call.method()).setUri(call.url());
            if (call.chunked()) {
                request.setEntity(new InputStreamEntity(
                        new ByteArrayInputStream(call.body()), ContentType.APPLICATION_OCTET_STREAM));
            } else if (call.body().length > 0) {
                request.setEntity(new ByteArrayEntity(call.body(), ContentType.APPLICATION_OCTET_STREAM));
            }
            return client.execute(
                    request.build(),
                    response -> new Answer(response.getCode(), EntityUtils.toByteArray(response.getEntity())));
        }

        @Override
        public void close() throws IOException {
            client.close();
        }
    }
}
