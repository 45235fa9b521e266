package io.github.captureproxy.tls.recipes;

import io.github.captureproxy.CaptureProxy;
import java.net.URI;
import java.net.http.HttpClient;
import org.springframework.http.client.JdkClientHttpRequestFactory;
import org.springframework.web.client.RestClient;

/** The RestClient of Spring, over the HttpClient of the JDK. */
final class RestClientRecipe implements Recipe {
    @Override
    public String get(CaptureProxy proxy, URI target) throws Exception {
        // README restclient
        HttpClient http = HttpClient.newBuilder()
                .proxy(proxy.proxySelector())
                .sslContext(proxy.sslContext())
                .build();
        RestClient client = RestClient.builder()
                .requestFactory(new JdkClientHttpRequestFactory(http))
                .build();
        // end
        return client.get().uri(target).retrieve().body(String.class);
    }
}
