package io.github.captureproxy.examples;

import static io.github.captureproxy.assertj.CaptureAssertions.assertThat;
import static io.github.captureproxy.history.ExchangeFilter.path;
import static org.assertj.core.api.Assertions.assertThat;

import com.sun.net.httpserver.HttpsConfigurator;
import com.sun.net.httpserver.HttpsServer;
import io.github.captureproxy.history.History;
import io.github.captureproxy.junit.CaptureProxyExtension;
import io.github.captureproxy.testkit.TestTls;
import io.github.captureproxy.tls.TlsInterception;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ProxySelector;
import java.net.URI;
import java.net.http.HttpClient;
import java.security.cert.X509Certificate;
import java.util.List;
import javax.net.ssl.SSLContext;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** The README's example of a class of tests over HTTPS: it compiles, it runs, and it is the one that the README shows. */
class SecurePaymentExampleTest {
    private static HttpsServer server;
    private static URI payments;
    private static List<X509Certificate> company;

    @BeforeAll
    static void start() throws Exception {
        TestTls key = TestTls.create();
        company = List.of(key.trustManager().getAcceptedIssuers());
        server = HttpsServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        server.setHttpsConfigurator(new HttpsConfigurator(key.context()));
        server.createContext("/", exchange -> {
            exchange.getRequestBody().readAllBytes();
            exchange.sendResponseHeaders(201, -1);
            exchange.close();
        });
        server.start();
        payments = URI.create("https://127.0.0.1:" + server.getAddress().getPort());
    }

    @AfterAll
    static void stop() {
        server.stop(0);
    }

    @Nested
    // The README's example starts here.
    class OrderServiceTest {
        @RegisterExtension
        static final CaptureProxyExtension PROXY = CaptureProxyExtension.builder()
                .tls(TlsInterception.forTests(company))
                .build();

        @Test
        void anOrderIsPaidOnce(History history, ProxySelector proxy, SSLContext trust) throws Exception {
            OrderService service = new OrderService(
                    HttpClient.newBuilder().proxy(proxy).sslContext(trust).build(), payments);
            service.placeOrder(7);
            assertThat(history).single(path("/charges")).hasRequestJson("{\"sku\": 7, \"amount\": 499}");
        }
    }
    // The README's example ends here.

    @Test
    void theReadmeShowsThisExample() throws IOException {
        String shown = ReadmeExample.inReadme("secure-payment-example");

        assertThat(shown).isEqualTo(ReadmeExample.inTest(SecurePaymentExampleTest.class));
        assertThat(shown.lines()).hasSizeLessThan(15);
    }
}
