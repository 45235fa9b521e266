package io.github.captureproxy.examples;

import static io.github.captureproxy.history.ExchangeFilter.path;
import static org.assertj.core.api.Assertions.assertThat;

import com.sun.net.httpserver.HttpsConfigurator;
import com.sun.net.httpserver.HttpsServer;
import io.github.captureproxy.CaptureProxy;
import io.github.captureproxy.exchange.Exchange;
import io.github.captureproxy.exchange.OriginTls.Validity;
import io.github.captureproxy.testkit.TestTls;
import io.github.captureproxy.tls.CertificateAuthority;
import io.github.captureproxy.tls.ClientTrust;
import io.github.captureproxy.tls.TlsInterception;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.security.cert.X509Certificate;
import java.util.List;
import org.junit.jupiter.api.Test;

/** The README's example of looking inside HTTPS: it compiles, it runs, and it is the one that the README shows. */
class HttpsExampleTest {
    @Test
    void theExampleRuns() throws Exception {
        TestTls key = TestTls.create();
        List<X509Certificate> company = List.of(key.trustManager().getAcceptedIssuers());
        HttpsServer origin = HttpsServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        origin.setHttpsConfigurator(new HttpsConfigurator(key.context()));
        origin.createContext("/orders", exchange -> {
            exchange.sendResponseHeaders(204, -1);
            exchange.close();
        });
        origin.start();
        URI orders = URI.create("https://127.0.0.1:" + origin.getAddress().getPort() + "/orders");
        try {
            // The README's example starts here.
            try (TlsInterception tls = TlsInterception.builder()
                            .authority(CertificateAuthority.ephemeral()) // in memory alone
                            .clientTrust(ClientTrust.ASSUMED) // this test hands its client the trust
                            .upstreamTrust(company) // authorities of origins that the JDK doesn't know
                            .build();
                    CaptureProxy proxy = CaptureProxy.builder().port(0).tls(tls).start()) {
                HttpClient app = HttpClient.newBuilder()
                        .proxy(proxy.proxySelector())
                        .sslContext(tls.authority().trust().sslContext())
                        .build();
                app.send(HttpRequest.newBuilder(orders).build(), BodyHandlers.discarding());

                Exchange call = proxy.history().single(path("/orders"));
                assertThat(call.request().url()).isEqualTo(orders.toString());
                assertThat(call.originTls().orElseThrow().validity()).isEqualTo(Validity.VALID);
            }
            // The README's example ends here.
        } finally {
            origin.stop(0);
        }
    }

    @Test
    void theReadmeShowsThisExample() throws IOException {
        assertThat(ReadmeExample.inReadme("https-example")).isEqualTo(ReadmeExample.inTest(HttpsExampleTest.class));
    }
}
