package io.github.captureproxy.tls.recipes;

import io.github.captureproxy.CaptureProxy;
import java.net.URI;
import org.apache.hc.client5.http.classic.methods.HttpGet;
import org.apache.hc.client5.http.impl.classic.CloseableHttpClient;
import org.apache.hc.client5.http.impl.classic.HttpClients;
import org.apache.hc.client5.http.impl.io.PoolingHttpClientConnectionManagerBuilder;
import org.apache.hc.client5.http.ssl.DefaultClientTlsStrategy;
import org.apache.hc.core5.http.HttpHost;
import org.apache.hc.core5.http.io.entity.EntityUtils;

/** Apache HttpClient 5. */
final class ApacheHttpClient5Recipe implements Recipe {
    @Override
    public String get(CaptureProxy proxy, URI target) throws Exception {
        // README apache5
        CloseableHttpClient client = HttpClients.custom()
                .setProxy(HttpHost.create(proxy.uri()))
                .setConnectionManager(PoolingHttpClientConnectionManagerBuilder.create()
                        .setTlsSocketStrategy(new DefaultClientTlsStrategy(proxy.sslContext()))
                        .build())
                .build();
        // end
        try (client) {
            return client.execute(new HttpGet(target), response -> EntityUtils.toString(response.getEntity()));
        }
    }
}
