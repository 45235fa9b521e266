package io.github.captureproxy.internal.record;

import static org.assertj.core.api.Assertions.assertThat;
import static org.mockito.ArgumentMatchers.any;
import static org.mockito.Mockito.mock;
import static org.mockito.Mockito.times;
import static org.mockito.Mockito.verify;

import io.github.captureproxy.exchange.CapturedBody;
import io.github.captureproxy.exchange.CapturedResponse;
import io.github.captureproxy.exchange.ClientInfo;
import io.github.captureproxy.exchange.Exchange;
import io.github.captureproxy.exchange.HeaderList;
import io.github.captureproxy.exchange.HttpHop;
import io.github.captureproxy.exchange.Outcome;
import io.github.captureproxy.exchange.Route;
import io.github.captureproxy.exchange.StreamPriority;
import io.github.captureproxy.exchange.StreamReset;
import io.github.captureproxy.internal.wire.Fields;
import io.github.captureproxy.internal.wire.Framing;
import io.github.captureproxy.internal.wire.HeadParser;
import io.github.captureproxy.internal.wire.MalformedMessageException;
import io.github.captureproxy.internal.wire.RequestHead;
import io.github.captureproxy.internal.wire.ResponseHead;
import io.github.captureproxy.spi.BodySelector;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.mockito.ArgumentCaptor;

/** What the recorder says of the two hops of an exchange. */
class RecordedHopsTest {
    private static final InetSocketAddress ADDRESS = new InetSocketAddress(InetAddress.getLoopbackAddress(), 80);
    private static final ClientInfo CLIENT = new ClientInfo(ADDRESS, 1, "default", Optional.empty());
    private static final int MAX_FIELDS = 10;

    private final CaptureSink sink = mock(CaptureSink.class);

    @Test
    void withHttp1TheMessagesOwnVersionsCount() throws MalformedMessageException {
        ExchangeRecorder recorder = recorder("HTTP/1.0");
        connected(recorder);
        recorder.responseStarted(response("HTTP/1.0"), Framing.NONE);

        Exchange exchange = ended(recorder);

        assertThat(exchange.clientHop()).isEqualTo(HttpHop.of("HTTP/1.0"));
        assertThat(exchange.originHop()).contains(HttpHop.of("HTTP/1.0"));
        assertThat(exchange.response().orElseThrow().httpVersion()).isEqualTo("HTTP/1.0");
    }

    @Test
    void anOriginThatHasAnsweredNothingWasAskedInHttp11() throws MalformedMessageException {
        ExchangeRecorder recorder = recorder("HTTP/1.0");
        connected(recorder);

        assertThat(ended(recorder).originHop()).contains(HttpHop.of("HTTP/1.1"));
    }

    @Test
    void withoutAConnectionThereIsNoHopToTheOrigin() throws MalformedMessageException {
        ExchangeRecorder recorder = recorder("HTTP/1.1");
        recorder.dialling();

        Exchange exchange = ended(recorder);

        assertThat(exchange.clientHop()).isEqualTo(HttpHop.of("HTTP/1.1"));
        assertThat(exchange.originHop()).isEmpty();
    }

    @Test
    void theProxysOwnAnswerSaysNothingOfTheOrigin() throws MalformedMessageException {
        ExchangeRecorder recorder = recorder("HTTP/1.1");
        connected(recorder);
        recorder.originStream(1);
        recorder.answered(new CapturedResponse(
                502, "", "HTTP/1.1", HeaderList.empty(), CapturedBody.empty(), HeaderList.empty()));

        assertThat(ended(recorder).originHop().orElseThrow().version()).isEqualTo("HTTP/2");
    }

    @Test
    void withHttp2BothHopsHaveTheirStreams() throws MalformedMessageException {
        StreamPriority priority = StreamPriority.of("u=1", null).orElseThrow();
        ExchangeRecorder recorder = new ExchangeRecorder(
                recording(), 1, CLIENT, null, ExchangeRecorder.captured(request("HTTP/1.1"), null, "HTTP/2"));
        recorder.clientStream(5, priority);
        connected(recorder);
        recorder.originStream(3);
        recorder.responseStarted(response("HTTP/1.1"), Framing.NONE, "HTTP/2");

        Exchange exchange = ended(recorder);

        assertThat(exchange.request().httpVersion()).isEqualTo("HTTP/2");
        assertThat(exchange.response().orElseThrow().httpVersion()).isEqualTo("HTTP/2");
        assertThat(exchange.clientHop().version()).isEqualTo("HTTP/2");
        assertThat(exchange.clientHop().streamId()).hasValue(5);
        assertThat(exchange.clientHop().priority()).contains(priority);
        HttpHop origin = exchange.originHop().orElseThrow();
        assertThat(origin.version()).isEqualTo("HTTP/2");
        assertThat(origin.streamId()).hasValue(3);
        assertThat(origin.priority()).isEmpty();
        assertThat(origin.reset()).isEmpty();
    }

    @Test
    void theSidesMaySpeakDifferentVersions() throws MalformedMessageException {
        ExchangeRecorder recorder = recorder("HTTP/1.1");
        connected(recorder);
        recorder.originStream(7);
        recorder.responseStarted(response("HTTP/1.1"), Framing.NONE, "HTTP/2");

        Exchange exchange = ended(recorder);

        assertThat(exchange.clientHop()).isEqualTo(HttpHop.of("HTTP/1.1"));
        assertThat(exchange.originHop().orElseThrow()).hasToString("HTTP/2, stream 7");
    }

    @Test
    void theFirstResetOfASideCounts() throws MalformedMessageException {
        ExchangeRecorder recorder = recorder("HTTP/1.1");
        recorder.clientStream(1, null);
        connected(recorder);
        recorder.originStream(3);
        recorder.clientReset(8, true);
        recorder.clientReset(2, false);
        recorder.originReset(8, false);
        recorder.originReset(5, true);

        Exchange exchange = ended(recorder);

        assertThat(exchange.clientHop().reset()).contains(new StreamReset(8, true));
        assertThat(exchange.originHop().orElseThrow().reset()).contains(new StreamReset(8, false));
    }

    @Test
    void anotherStreamHasNothingOfTheRefusedOne() throws MalformedMessageException {
        ExchangeRecorder recorder = recorder("HTTP/1.1");
        connected(recorder);
        recorder.originStream(3);
        recorder.originReset(7, true);
        recorder.originStream(9);

        HttpHop origin = ended(recorder).originHop().orElseThrow();

        assertThat(origin.streamId()).hasValue(9);
        assertThat(origin.reset()).isEmpty();
    }

    @Test
    void anotherConnectionMaySpeakAnotherVersion() throws MalformedMessageException {
        ExchangeRecorder recorder = recorder("HTTP/1.1");
        connected(recorder);
        recorder.originStream(3);
        recorder.originReset(0xd, true);
        connected(recorder);

        assertThat(ended(recorder).originHop()).contains(HttpHop.of("HTTP/1.1"));
    }

    @Test
    void aCodeThatIsReadAsAnIntKeepsIts32Bits() throws MalformedMessageException {
        ExchangeRecorder recorder = recorder("HTTP/1.1");
        recorder.clientStream(1, null);
        recorder.clientReset(-1, true);

        assertThat(ended(recorder).clientHop().reset()).contains(new StreamReset(0xffff_ffffL, true));
    }

    @Test
    void aResetAfterTheEndIsNotInTheRecord() throws MalformedMessageException {
        ExchangeRecorder recorder = recorder("HTTP/1.1");
        recorder.clientStream(1, null);
        Exchange exchange = ended(recorder);

        recorder.clientReset(8, true);
        recorder.end(Outcome.Status.CLIENT_ABORTED, Outcome.Side.CLIENT, "");

        verify(sink, times(1)).exchange(any());
        assertThat(exchange.clientHop().reset()).isEmpty();
    }

    private ExchangeRecorder.Recording recording() {
        BodyPolicy.Limits limits = new BodyPolicy.Limits(100, 100, false);
        return new ExchangeRecorder.Recording(
                sink, new BodyPolicy(BodySelector.all(), limits, new BodyBudget(1_000), null), 1);
    }

    private ExchangeRecorder recorder(String version) throws MalformedMessageException {
        return new ExchangeRecorder(recording(), 1, CLIENT, null, ExchangeRecorder.captured(request(version), null));
    }

    private static void connected(ExchangeRecorder recorder) {
        recorder.requestStarted(10, Framing.NONE);
        recorder.requestEnded(Fields.NONE);
        recorder.connected(Route.NONE, ADDRESS, null);
    }

    private Exchange ended(ExchangeRecorder recorder) {
        recorder.end(Outcome.Status.COMPLETED, Outcome.Side.NONE, "");
        ArgumentCaptor<Exchange> recorded = ArgumentCaptor.forClass(Exchange.class);
        verify(sink).exchange(recorded.capture());
        return recorded.getValue();
    }

    private static RequestHead request(String version) throws MalformedMessageException {
        return HeadParser.request(bytes("GET / " + version + "\r\nHost: a\r\n\r\n"), MAX_FIELDS);
    }

    private static ResponseHead response(String version) throws MalformedMessageException {
        return HeadParser.response(bytes(version + " 200 OK\r\n\r\n"), MAX_FIELDS);
    }

    private static byte[] bytes(String text) {
        return text.getBytes(StandardCharsets.US_ASCII);
    }
}
