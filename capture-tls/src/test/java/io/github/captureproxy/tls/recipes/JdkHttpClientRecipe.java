package io.github.captureproxy.tls.recipes;

import io.github.captureproxy.CaptureProxy;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;

/** The HttpClient of the JDK. */
final class JdkHttpClientRecipe implements Recipe {
    @Override
    public String get(CaptureProxy proxy, URI target) throws Exception {
        // README jdk
        HttpClient client = HttpClient.newBuilder()
                .proxy(proxy.proxySelector())
                .sslContext(proxy.sslContext())
                .build();
        // end
        return client.send(HttpRequest.newBuilder(target).build(), BodyHandlers.ofString())
                .body();
    }
}
