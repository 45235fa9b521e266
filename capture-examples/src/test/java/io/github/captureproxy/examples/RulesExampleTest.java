package io.github.captureproxy.examples;

import static io.github.captureproxy.history.ExchangeFilter.method;
import static io.github.captureproxy.rules.RequestMatcher.host;
import static io.github.captureproxy.rules.RequestMatcher.path;
import static java.time.Duration.ofMillis;
import static org.assertj.core.api.Assertions.assertThat;

import io.github.captureproxy.CaptureProxy;
import io.github.captureproxy.exchange.Exchange;
import io.github.captureproxy.rules.Answer;
import io.github.captureproxy.rules.TrafficRule;
import io.github.captureproxy.tls.TlsInterception;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import org.junit.jupiter.api.Test;

/** The README's example of rules: it compiles, it runs without a network, and it is the one that the README shows. */
class RulesExampleTest {
    @Test
    void theExampleRuns() throws Exception {
        URI charge = URI.create("https://payments.test/charge"); // no such host exists (RFC 6761 section 6.2)
        {
            // The README's example starts here.
            TrafficRule slow =
                    TrafficRule.on(host("payments.test")).named("slow line").delayRequest(ofMillis(50));
            TrafficRule down = TrafficRule.on(host("payments.test").and(path("/charge")))
                    .named("payments are down")
                    .answer(Answer.json("{\"error\":\"try later\"}").status(503).header("Retry-After", "7"));
            TrafficRule rest = TrafficRule.on(host("payments.test")).answer(404);

            try (TlsInterception tls = TlsInterception.forTests();
                    CaptureProxy proxy = CaptureProxy.builder()
                            .port(0)
                            .tls(tls)
                            .rule(slow, down, rest)
                            .start()) {
                HttpClient app = HttpClient.newBuilder()
                        .proxy(proxy.proxySelector())
                        .sslContext(tls.authority().trust().sslContext())
                        .build();
                HttpRequest order = HttpRequest.newBuilder(charge)
                        .POST(BodyPublishers.ofString("{\"cents\":995}"))
                        .build();
                HttpResponse<String> answer = app.send(order, BodyHandlers.ofString());
                assertThat(answer.statusCode()).isEqualTo(503);

                Exchange call = proxy.history().single(method("POST"));
                assertThat(call.rules()).containsExactly("slow line", "payments are down");
                assertThat(call.request().body().text()).isEqualTo("{\"cents\":995}");
            }
            // The README's example ends here.
        }
    }

    @Test
    void theReadmeShowsThisExample() throws IOException {
        assertThat(ReadmeExample.inReadme("rules-example")).isEqualTo(ReadmeExample.inTest(RulesExampleTest.class));
    }
}
