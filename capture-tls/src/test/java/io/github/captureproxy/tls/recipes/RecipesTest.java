package io.github.captureproxy.tls.recipes;

import static io.github.captureproxy.history.ExchangeFilter.path;
import static org.assertj.core.api.Assertions.assertThat;

import io.github.captureproxy.CaptureProxy;
import io.github.captureproxy.exchange.Exchange;
import io.github.captureproxy.exchange.Outcome;
import io.github.captureproxy.testkit.RecordingOrigin;
import io.github.captureproxy.tls.CertificateAuthority;
import io.github.captureproxy.tls.ClientTrust;
import io.github.captureproxy.tls.TlsInterception;
import io.github.captureproxy.tls.testkit.TestCertificate;
import io.github.captureproxy.tls.testkit.TlsRig;
import java.net.URI;
import java.util.List;
import java.util.Locale;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import reactor.netty.http.HttpResources;

/** Each recipe captures calls to a server on this machine, plain and HTTPS. */
class RecipesTest {
    private static RecordingOrigin plain;
    private static RecordingOrigin secure;
    private static TlsInterception tls;
    private static CaptureProxy proxy;

    @BeforeAll
    static void start() throws Exception {
        TestCertificate certificate =
                TestCertificate.leaf("localhost").dnsName("shop.test").make(TlsRig.root());
        plain = RecordingOrigin.start();
        secure = RecordingOrigin.start(certificate.serverContext());
        tls = TlsInterception.builder()
                .authority(CertificateAuthority.ephemeral())
                .clientTrust(ClientTrust.ASSUMED)
                .upstreamTrust(List.of(TlsRig.root().certificate()))
                .build();
        proxy = CaptureProxy.builder()
                .port(0)
                .tls(tls)
                .mapHost("shop.test", "localhost")
                .start();
    }

    @AfterAll
    static void stop() throws Exception {
        HttpResources.disposeLoopsAndConnectionsLater().block();
        proxy.close();
        tls.close();
        plain.close();
        secure.close();
    }

    static Stream<Arguments> recipes() {
        Stream<Recipe> inThisJvm = Stream.of(
                new JdkHttpClientRecipe(),
                new HttpUrlConnectionRecipe(),
                new ApacheHttpClient5Recipe(),
                new ApacheHttpClient4Recipe(),
                new OkHttpRecipe(),
                new RestClientRecipe(),
                new WebClientRecipe(),
                new JettyClientRecipe());
        return Stream.concat(inThisJvm, Stream.of(ProgramRecipe.values()))
                .flatMap(
                        recipe -> Stream.of("http", "https").map(scheme -> Arguments.of(name(recipe), scheme, recipe)));
    }

    private static String name(Recipe recipe) {
        return recipe instanceof ProgramRecipe program
                ? program.name().toLowerCase(Locale.ROOT)
                : recipe.getClass().getSimpleName().replace("Recipe", "");
    }

    @ParameterizedTest(name = "{0}, {1}")
    @MethodSource("recipes")
    void theCallIsCaptured(String name, String scheme, Recipe recipe) throws Exception {
        RecordingOrigin origin = scheme.equals("https") ? secure : plain;
        String path = "/" + name;
        URI target = URI.create(scheme + "://" + recipe.host() + ":" + origin.port() + path);
        proxy.history().clear();

        assertThat(recipe.get(proxy, target)).isEqualTo("hello");

        Exchange exchange = proxy.history().single(path(path));
        assertThat(exchange.request().url()).isEqualTo(target.toString());
        assertThat(exchange.response().orElseThrow().body().text()).isEqualTo("hello");
        assertThat(exchange.outcome().status()).isEqualTo(Outcome.Status.COMPLETED);
        assertThat(exchange.clientTls().isPresent()).isEqualTo(scheme.equals("https"));
        assertThat(origin.received(path)).hasSize(1);
    }
}
