package io.github.captureproxy.tls.recipes;

import io.github.captureproxy.CaptureProxy;
import io.netty.handler.ssl.SslContext;
import io.netty.handler.ssl.SslContextBuilder;
import java.net.URI;
import org.springframework.http.client.reactive.ReactorClientHttpConnector;
import org.springframework.web.reactive.function.client.WebClient;
import reactor.netty.http.client.HttpClient;
import reactor.netty.transport.ProxyProvider.Proxy;

/** The WebClient of Spring, over Reactor Netty: opens a tunnel for plain HTTP too. */
final class WebClientRecipe implements Recipe {
    @Override
    public String get(CaptureProxy proxy, URI target) throws Exception {
        // README webclient
        SslContext tls =
                SslContextBuilder.forClient().trustManager(proxy.trustManager()).build();
        HttpClient http = HttpClient.create()
                .proxy(spec -> spec.type(Proxy.HTTP).socketAddress(proxy.address()))
                .secure(spec -> spec.sslContext(tls));
        WebClient client = WebClient.builder()
                .clientConnector(new ReactorClientHttpConnector(http))
                .build();
        // end
        return client.get().uri(target).retrieve().bodyToMono(String.class).block();
    }
}
