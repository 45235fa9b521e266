package io.github.captureproxy.tls;

import static io.github.captureproxy.history.ExchangeFilter.path;
import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static org.assertj.core.api.Assertions.assertThat;

import io.github.captureproxy.CaptureProxy;
import io.github.captureproxy.history.History;
import io.github.captureproxy.junit.CaptureProxyExtension;
import io.github.captureproxy.junit.CaptureProxyExtensionBuilder;
import io.github.captureproxy.testkit.RawSocket;
import io.github.captureproxy.testkit.RecordingOrigin;
import io.github.captureproxy.testkit.Specimen;
import io.github.captureproxy.testkit.TestRun;
import io.github.captureproxy.testkit.TestTls;
import java.io.IOException;
import java.security.cert.X509Certificate;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLException;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.RepeatedTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** Tests whose proxy looks inside HTTPS, and what becomes of one whose calls it can't see. */
class TlsInTestsTest {
    private static final Duration LONG = Duration.ofSeconds(20);
    private static final List<String> PRINTED = new CopyOnWriteArrayList<>();

    private static TestTls key;
    private static RecordingOrigin origin;

    @BeforeAll
    static void start() throws Exception {
        key = TestTls.create();
        origin = RecordingOrigin.start(key);
    }

    @AfterAll
    static void stop() throws IOException {
        origin.close();
    }

    @BeforeEach
    void forget() {
        PRINTED.clear();
    }

    private static CaptureProxyExtensionBuilder builder() {
        return CaptureProxyExtension.builder().output(PRINTED::add).withoutHar();
    }

    private static List<X509Certificate> trust() {
        return List.of(key.trustManager().getAcceptedIssuers());
    }

    /** A call through a tunnel, which is left open. */
    private static RawSocket call(CaptureProxy proxy, SSLContext context) throws IOException {
        RawSocket socket = RawSocket.connect(proxy.address());
        try {
            socket.send("CONNECT " + origin.authority() + " HTTP/1.1\r\nHost: " + origin.authority() + "\r\n\r\n");
            assertThat(socket.readHead()).contains(" 200 ");
            RawSocket inside = socket.secureAsClient(context, "127.0.0.1");
            inside.send("GET /hello HTTP/1.1\r\nHost: x\r\n\r\n".getBytes(ISO_8859_1));
            assertThat(inside.readHead()).contains(" 200 ");
            inside.read(5);
            return inside;
        } catch (IOException e) {
            socket.close();
            throw e;
        }
    }

    @Test
    void aCallWithTheInjectedContextIsSeen() {
        TestRun run = TestRun.of(Seen.class);

        assertThat(run.failed()).isEmpty();
        assertThat(run.passed()).hasSize(2);
    }

    @Test
    void inParallelTooEachTestSeesItsOwn() {
        TestRun run = TestRun.parallel(4, Seen.class);

        assertThat(run.failed()).isEmpty();
        assertThat(run.passed()).hasSize(2);
    }

    @Specimen
    static class Seen {
        @RegisterExtension
        static final CaptureProxyExtension EXTENSION =
                builder().tls(TlsInterception.forTests(trust())).build();

        @RepeatedTest(2)
        void sees(CaptureProxy proxy, SSLContext context, History history) throws IOException {
            call(proxy, context).close();

            assertThat(history.single(path("/hello")).request().url()).isEqualTo(origin.url("/hello"));
            assertThat(history.size()).isEqualTo(1);
            assertThat(EXTENSION.sslContext()).isSameAs(context);
        }
    }

    @Test
    void anOriginThatIsNotTrustedFailsTheTestThatItsCallsAreMissingIn() {
        TestRun run = TestRun.of(Unseen.class);

        assertThat(run.failed())
                .extracting(TestRun.Failed::name)
                .containsExactlyInAnyOrder(
                        "ended(CaptureProxy)", "stillOpen(CaptureProxy)", "refused(CaptureProxy, SSLContext)");
        assertThat(run.passed()).containsExactlyInAnyOrder("callsNothing()");
        assertThat(run.failed()).anySatisfy(failed -> {
            assertThat(failed.name()).startsWith("ended");
            assertThat(failed.message())
                    .startsWith("HTTPS was not looked into, so calls may be missing in the history:\n    #")
                    .contains(" CONNECT " + origin.authority() + " ORIGIN_CERTIFICATE_INVALID ")
                    .contains("upstreamTrust(certificates), or trustOrigin(name, sha256)")
                    .endsWith("if that is meant, say allowPassThrough()");
        });
        assertThat(run.failed()).anySatisfy(failed -> {
            assertThat(failed.name()).startsWith("stillOpen");
            assertThat(failed.message())
                    .contains("waiting for CLOSE, ORIGIN_CERTIFICATE_INVALID: ")
                    .contains("upstreamTrust(certificates)");
        });
        assertThat(PRINTED).hasSize(3).anySatisfy(text -> assertThat(text).contains("ORIGIN_CERTIFICATE_INVALID"));
    }

    @Specimen
    static class Unseen {
        private static final TlsInterception UNTRUSTING = TlsInterception.forTests();

        @RegisterExtension
        final CaptureProxyExtension extension = builder().tls(UNTRUSTING).build();

        @Test
        void ended(CaptureProxy proxy) throws Exception {
            call(proxy, key.newContext()).close();
            proxy.history().awaitTunnel(tunnel -> true, LONG);
        }

        @Test
        @SuppressWarnings("resource") // that is what it is about; the proxy closes the connection
        void stillOpen(CaptureProxy proxy) throws Exception {
            assertThat(call(proxy, key.newContext())).isNotNull();
        }

        @Test
        void refused(CaptureProxy proxy, SSLContext context) throws IOException {
            assertThat(context).isNotNull();
            try (RawSocket socket = call(proxy, context)) {
                throw new IllegalStateException("an origin is trusted that is not to be, by " + socket.socket());
            } catch (SSLException e) { // as the client judges for itself
                return;
            }
        }

        @Test
        void callsNothing() {
            assertThat(extension.history().isEmpty()).isTrue();
        }
    }

    @Test
    void aClientThatDoesNotTrustTheAuthorityIsToldWhatItLacks() {
        TestRun run = TestRun.of(Distrusting.class);

        assertThat(run.failed())
                .singleElement()
                .satisfies(failed -> assertThat(failed.message())
                        .contains("its client doesn't trust the authority: give it the extension's SSLContext"));
    }

    @Specimen
    static class Distrusting {
        @RegisterExtension
        static final CaptureProxyExtension EXTENSION =
                builder().tls(TlsInterception.forTests(trust())).build();

        @Test
        void refuses(CaptureProxy proxy) throws Exception {
            try (RawSocket socket = call(proxy, key.newContext())) {
                throw new IllegalStateException("an authority is trusted that is not to be, by " + socket.socket());
            } catch (SSLException e) { // an app may well swallow that
                proxy.history().awaitTunnel(tunnel -> true, LONG);
            }
        }
    }

    @Test
    void whatIsMeantToPassThroughFailsNothing() {
        TestRun run = TestRun.of(Allowed.class, LeftAlone.class);

        assertThat(run.failed()).isEmpty();
        assertThat(run.passed()).hasSize(2);
    }

    @Specimen
    static class Allowed {
        @RegisterExtension
        static final CaptureProxyExtension EXTENSION =
                builder().tls(TlsInterception.forTests()).allowPassThrough().build();

        @Test
        void passes(CaptureProxy proxy) throws Exception {
            call(proxy, key.newContext()).close();
        }
    }

    @Specimen
    static class LeftAlone {
        @RegisterExtension
        static final CaptureProxyExtension EXTENSION = builder()
                .tls(TlsInterception.builder()
                        .authority(CertificateAuthority.ephemeral())
                        .clientTrust(ClientTrust.ASSUMED)
                        .passThroughHosts("127.0.0.1")
                        .build())
                .build();

        @Test
        void passes(CaptureProxy proxy) throws Exception {
            call(proxy, key.newContext()).close();
            proxy.history().awaitTunnel(tunnel -> true, LONG);
        }
    }
}
