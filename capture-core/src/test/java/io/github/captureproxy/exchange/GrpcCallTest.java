package io.github.captureproxy.exchange;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class GrpcCallTest {
    private static final HeaderList GRPC = HeaderList.of("content-type", "application/grpc");
    private static final byte[] TWO = {0, 0, 0, 0, 1, 'a', 0, 0, 0, 0, 2, 'b', 'c'};

    @ParameterizedTest
    @ValueSource(
            strings = {
                "application/grpc",
                "application/grpc+proto",
                "application/grpc+json",
                "Application/GRPC+thrift",
                "application/grpc; charset=utf-8",
                "application/grpc+proto;x=y"
            })
    void aCallIsToldByItsContentType(String type) {
        assertThat(exchange("/s/m", HeaderList.of("content-type", type), null).grpc())
                .isPresent();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "application/grpc-web",
                "application/grpc-web+proto",
                "application/grpc-web-text",
                "application/grpcx",
                "text/grpc",
                "application/json",
                "application/x-grpc",
                ""
            })
    void otherContentTypesAreNoCall(String type) {
        assertThat(exchange("/s/m", HeaderList.of("content-type", type), null).grpc())
                .isEmpty();
    }

    @Test
    void aRequestWithoutContentTypeIsNoCall() {
        assertThat(exchange("/s/m", HeaderList.empty(), response(GRPC, HeaderList.empty()))
                        .grpc())
                .isEmpty();
    }

    @ParameterizedTest
    @CsvSource({
        "/shop.v1.Orders/Create, shop.v1.Orders, Create",
        "http://example.com/shop.Orders/Create, shop.Orders, Create",
        "/prefix/shop.Orders/Create?x=/y, prefix/shop.Orders, Create",
        "/Create, '', Create",
        "/shop.Orders/, shop.Orders, ''",
        "/, '', ''"
    })
    void serviceAndMethodStandInThePath(String target, String service, String method) {
        GrpcCall call = exchange(target, GRPC, null).grpc().orElseThrow();

        assertThat(call.service()).isEqualTo(service);
        assertThat(call.method()).isEqualTo(method);
    }

    @Test
    void theStatusStandsInTheTrailers() {
        GrpcCall call = call(response(
                HeaderList.of("content-type", "application/grpc", "grpc-status", "2"),
                HeaderList.of("grpc-status", "5", "grpc-message", "no order%3A caf%C3%A9")));

        assertThat(call.status()).hasValue(5);
        assertThat(call.statusName()).contains("NOT_FOUND");
        assertThat(call.message()).contains("no order: café");
        assertThat(call).hasToString("shop.Orders/Create NOT_FOUND");
    }

    @Test
    void theStatusOfAResponseWithoutMessagesStandsInItsHead() {
        GrpcCall call = call(response(
                HeaderList.of("content-type", "application/grpc", "grpc-status", "12", "grpc-message", "no"),
                HeaderList.empty()));

        assertThat(call.statusName()).contains("UNIMPLEMENTED");
        assertThat(call.message()).contains("no");
    }

    @Test
    void aStatusThatIsNoNumberIsNone() {
        GrpcCall call = call(response(GRPC, HeaderList.of("grpc-status", "OK")));

        assertThat(call.status()).isEmpty();
        assertThat(call.statusName()).isEmpty();
    }

    @Test
    void aCallWithoutAResponseHasNothingOfOne() {
        GrpcCall call = call(null);

        assertThat(call.status()).isEmpty();
        assertThat(call.message()).isEmpty();
        assertThat(call.responseMessages()).isEmpty();
        assertThat(call.responseEncoding()).isEmpty();
        assertThat(call).hasToString("shop.Orders/Create without a status");
    }

    @Test
    void encodingsAndTimeoutStandInTheHeads() {
        Exchange exchange = exchange(
                "/s/m",
                HeaderList.of("content-type", "application/grpc", "grpc-encoding", "gzip", "grpc-timeout", "1500m"),
                response(
                        HeaderList.of("content-type", "application/grpc", "grpc-encoding", "deflate"),
                        HeaderList.empty()));
        GrpcCall call = exchange.grpc().orElseThrow();

        assertThat(call.requestEncoding()).contains("gzip");
        assertThat(call.responseEncoding()).contains("deflate");
        assertThat(call.timeout()).contains(Duration.ofMillis(1_500));
        assertThat(call.requestMessages()).extracting(GrpcMessage::encoding).containsOnly(Optional.of("gzip"));
        assertThat(call.responseMessages()).extracting(GrpcMessage::encoding).containsOnly(Optional.of("deflate"));
    }

    @Test
    void aTimeoutThatIsNoneIsLeftOut() {
        HeaderList headers = HeaderList.of("content-type", "application/grpc", "grpc-timeout", "soon");

        assertThat(exchange("/s/m", headers, null).grpc().orElseThrow().timeout())
                .isEmpty();
        assertThat(call(null).timeout()).isEmpty();
    }

    @Test
    void bothSidesMessagesAreSplitOff() {
        GrpcCall call = call(response(GRPC, HeaderList.empty()));

        for (List<GrpcMessage> messages : List.of(call.requestMessages(), call.responseMessages())) {
            assertThat(messages).extracting(GrpcMessage::bytes).containsExactly(new byte[] {'a'}, new byte[] {'b', 'c'
            });
        }
    }

    @Test
    void anErrorPageHasNoMessages() {
        CapturedResponse page = response(HeaderList.of("content-type", "text/plain"), HeaderList.empty());

        assertThat(call(page).responseMessages()).isEmpty();
    }

    @Test
    void anyNumberOfMessagesIsSplitOffUpToTheLimit() {
        byte[] empty = new byte[5 * (GrpcCall.MAX_MESSAGES + 10)];
        CapturedRequest request = new CapturedRequest(
                "POST", "/s/m", "HTTP/2", null, GRPC, CapturedBody.of(empty, GRPC), HeaderList.empty());

        assertThat(GrpcCall.of(request, null).orElseThrow().requestMessages()).hasSize(GrpcCall.MAX_MESSAGES);
    }

    private static GrpcCall call(@Nullable CapturedResponse response) {
        return exchange("/shop.Orders/Create", GRPC, response).grpc().orElseThrow();
    }

    private static Exchange exchange(String target, HeaderList headers, @Nullable CapturedResponse response) {
        CapturedRequest request = new CapturedRequest(
                "POST",
                target,
                "HTTP/2",
                new HttpOrigin("http", "example.com", 80),
                headers,
                CapturedBody.of(TWO, headers),
                HeaderList.empty());
        ClientInfo client =
                new ClientInfo(InetSocketAddress.createUnresolved("client", 1), 1, "default", Optional.empty());
        return Exchange.builder(1, client, request).response(response).build();
    }

    private static CapturedResponse response(HeaderList headers, HeaderList trailers) {
        return new CapturedResponse(200, "", "HTTP/2", headers, CapturedBody.of(TWO, headers), trailers);
    }
}
