package io.github.captureproxy.testkit.hops;

import static io.github.captureproxy.history.ExchangeFilter.any;
import static org.assertj.core.api.Assertions.assertThat;

import io.github.captureproxy.CaptureProxyBuilder;
import io.github.captureproxy.exchange.Exchange;
import io.github.captureproxy.exchange.Header;
import io.github.captureproxy.exchange.HeaderList;
import io.github.captureproxy.exchange.Outcome;
import io.github.captureproxy.testkit.Eventually;
import io.github.captureproxy.exchange.InFlightExchange;
import java.io.IOException;
import java.time.Duration;
import java.util.Arrays;
import java.util.Locale;
import java.util.Optional;
import java.util.concurrent.TimeoutException;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;

/** The test is the client and the origin of a proxy, with HTTP/1.1 or HTTP/2 on either side. */
public abstract class HopsTest {
    /** A wait that takes longer is a failure, not slowness. */
    static final Duration PATIENCE = Duration.ofSeconds(10);

    /** The longest content: far more than the buffers of the proxy and of four sockets' ends. */
    static final int LARGE = 64 * 1024 * 1024;

    final Hops hops;
    private @Nullable HopsRig rig;
    private @Nullable TestClient client;

    /** For one way. */
    protected HopsTest(Hops hops) {
        this.hops = hops;
    }

    @BeforeEach
    void start() throws Exception {
        rig = hops.start(options -> options);
    }

    @AfterEach
    void stop() throws Exception {
        if (rig != null) {
            rig.close();
        }
    }

    /** Begins anew, with options for the proxy and settings of the origin's. */
    final void restart(UnaryOperator<CaptureProxyBuilder> options, int... settings) throws Exception {
        stop();
        client = null;
        rig = hops.start(options, settings);
    }

    final HopsRig rig() {
        if (rig == null) {
            throw new IllegalStateException("not started");
        }
        return rig;
    }

    /** The connection that requests go on, unless a test has others. */
    final TestClient client() throws IOException {
        TestClient current = client;
        if (current == null) {
            current = rig().client();
            client = current;
        }
        return current;
    }

    /** The next request at the origin. */
    final OriginExchange taken() throws IOException {
        return rig().origin().take();
    }

    /** A request's head; names and values by turns. */
    final TestRequest head(String method, String path, String... namesAndValues) {
        return new TestRequest(method, rig().authority(), path, HeaderList.of(namesAndValues));
    }

    final ClientExchange get(String path, String... namesAndValues) throws IOException {
        return client().requestEmpty(head("GET", path, namesAndValues));
    }

    final ClientExchange post(String path, String... namesAndValues) throws IOException {
        return client().request(head("POST", path, namesAndValues));
    }

    /** Fields as they come out at the other end. */
    final HeaderList passed(HeaderList sent) {
        return hops.losesCase()
                ? HeaderList.of(sent.stream()
                        .map(it -> new Header(it.name().toLowerCase(Locale.ROOT), it.value()))
                        .toList())
                : sent;
    }

    /** Content in which each place can be told from its neighbours. */
    static byte[] pattern(int length) {
        return pattern(0, length);
    }

    /** A part of the longest such content. */
    static byte[] pattern(int from, int length) {
        return Arrays.copyOfRange(Pattern.LONGEST, from, from + length);
    }

    /** Made once, as that takes long. */
    private static final class Pattern {
        static final byte[] LONGEST = make();

        private static byte[] make() {
            byte[] content = new byte[LARGE];
            for (int i = 0; i < content.length; i++) {
                content[i] = (byte) (i ^ i >>> 8 ^ i >>> 16);
            }
            return content;
        }
    }

    /** The only exchange, which has ended by now. */
    final Exchange recorded() {
        return rig().proxy().history().single(any());
    }

    /** The only exchange, as soon as it has ended. */
    final Exchange awaited() throws TimeoutException, InterruptedException {
        rig().proxy().history().await(any(), PATIENCE);
        return recorded();
    }

    /**
     * Waits until the end of the only request has come in: an origin that knows the length may answer before, and the
     * request is recorded as incomplete then.
     */
    final void requestHasEnded() {
        Eventually.holds(
                "the end of the request has come in",
                () -> rig().proxy().history().inFlight().stream()
                        .filter(open -> !open.request().method().equals("CONNECT"))
                        .allMatch(open -> open.waitingFor() == InFlightExchange.WaitingFor.RESPONSE_HEAD));
    }

    /** The only exchange, which went well. */
    final Exchange completed() {
        Exchange exchange = recorded();
        assertThat(exchange.outcome().status()).as("%s", exchange).isEqualTo(Outcome.Status.COMPLETED);
        assertHops(exchange);
        return exchange;
    }

    /** The record says what was spoken. */
    final void assertHops(Exchange exchange) {
        assertThat(exchange.clientHop().version()).isEqualTo(hops.client().inRecords());
        assertThat(exchange.originHop().map(it -> it.version()))
                .isEqualTo(Optional.of(hops.origin().inRecords()));
    }

    /** The record of a whole exchange, and what was to be recorded of its content. */
    final Exchange completed(byte[] request, byte[] response) {
        Exchange exchange = completed();
        assertThat(exchange.request().body().bytes()).isEqualTo(request);
        assertThat(exchange.request().body().isComplete()).isTrue();
        assertThat(exchange.sizes().requestBody()).isEqualTo(request.length);
        assertThat(exchange.response().orElseThrow().body().bytes()).isEqualTo(response);
        assertThat(exchange.response().orElseThrow().body().isComplete()).isTrue();
        assertThat(exchange.sizes().responseBody()).isEqualTo(response.length);
        assertThat(exchange.outcome().bytes()).isEqualTo(response.length);
        return exchange;
    }

    /** The end of a whole message. */
    static Ending whole(Half half) throws IOException {
        Ending ending = half.rest();
        assertThat(ending.whole()).as("%s", ending).isTrue();
        return ending;
    }

    /** The end of a message that was cut short. */
    static Ending cut(Half half) throws IOException {
        Ending ending = half.rest();
        assertThat(ending.whole()).as("%s", ending).isFalse();
        return ending;
    }
}
