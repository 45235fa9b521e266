package io.github.captureproxy.testkit.http2;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Every case of RFC 9113 against a proxy with an origin behind it. The proxy reacts as the RFC says, the origin sees no
 * malformed request whole, and another connection, the same all the time, is served on. Subclasses say by which way the
 * proxy is reached.
 */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
public abstract class Http2CaseTest {
    private AnsweringHttp2Origin origin;
    private RawHttp2Client neighbour;

    /** Starts the origin that the proxy is to be asked for. */
    protected abstract AnsweringHttp2Origin startOrigin() throws Exception;

    /** Starts a proxy. */
    protected abstract void startProxy() throws Exception;

    /** Ends what {@link #startProxy} has started. */
    protected abstract void stopProxy() throws Exception;

    /** A new connection through the proxy, on which the client's preface is to come next. */
    protected abstract RawHttp2Client connect(String authority) throws Exception;

    static Stream<Http2Case> cases() {
        return Http2Cases.all();
    }

    @BeforeAll
    final void start() throws Exception {
        origin = startOrigin();
        startProxy();
        neighbour = connect(origin.authority()).open();
    }

    @AfterAll
    final void stop() throws Exception {
        neighbour.close();
        stopProxy();
        origin.close();
    }

    /** A proxy that reads no more would hold up the client's writing for ever. */
    @Timeout(value = 60, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
    @ParameterizedTest(name = "{0}")
    @MethodSource("cases")
    final void reactsAsTheRfcSays(Http2Case each) throws Exception {
        int before = origin.whole().size();
        try (RawHttp2Client client = connect(origin.authority())) {
            each.run(client);
        }
        assertServed(neighbour);
        assertThat(origin.whole().stream().skip(before)).noneMatch(path -> path.startsWith(Http2Case.REFUSED));
    }

    private static void assertServed(RawHttp2Client client) throws IOException {
        int stream = client.nextStream();
        client.sendGet(stream, "/neighbour");
        client.awaitEnd(stream);
        assertThat(client.status(stream)).isEqualTo(200);
    }
}
