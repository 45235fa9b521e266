package io.github.captureproxy.tls.recipes;

import io.github.captureproxy.CaptureProxy;
import java.net.URI;
import org.apache.http.HttpHost;
import org.apache.http.client.methods.HttpGet;
import org.apache.http.impl.client.CloseableHttpClient;
import org.apache.http.impl.client.HttpClients;
import org.apache.http.util.EntityUtils;

/** Apache HttpClient 4. */
final class ApacheHttpClient4Recipe implements Recipe {
    @Override
    public String get(CaptureProxy proxy, URI target) throws Exception {
        // README apache4
        CloseableHttpClient client = HttpClients.custom()
                .setProxy(HttpHost.create(proxy.uri().toString()))
                .setSSLContext(proxy.sslContext())
                .build();
        // end
        try (client) {
            return client.execute(new HttpGet(target), response -> EntityUtils.toString(response.getEntity()));
        }
    }
}
