package io.github.captureproxy.tls.grpc;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.github.captureproxy.exchange.Exchange;
import io.github.captureproxy.exchange.GrpcCall;
import io.github.captureproxy.exchange.GrpcMessage;
import io.github.captureproxy.exchange.Outcome;
import io.github.captureproxy.tls.grpc.GrpcRig.Kind;
import io.grpc.CallOptions;
import io.grpc.Channel;
import io.grpc.ClientInterceptors;
import io.grpc.Metadata;
import io.grpc.Status;
import io.grpc.StatusRuntimeException;
import io.grpc.stub.ClientCalls;
import io.grpc.stub.MetadataUtils;
import io.grpc.stub.StreamObserver;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReference;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;

/** Calls of all kinds that go well, or that the server ends: the client gets what the server sent, and it is recorded. */
class GrpcCallsTest {
    private static final byte[] HELLO = "hello".getBytes(UTF_8);
    private static final int ROUNDS = 100;
    private static final int LARGE = 8 << 20;

    private static byte[] unary(Channel channel, byte[] request) {
        return ClientCalls.blockingUnaryCall(channel, Bytes.UNARY, CallOptions.DEFAULT, request);
    }

    private static Channel with(GrpcRig rig, Metadata metadata) {
        return ClientInterceptors.intercept(rig.channel(), MetadataUtils.newAttachHeadersInterceptor(metadata));
    }

    private static GrpcCall check(Exchange exchange, String method) {
        assertThat(exchange.outcome().status()).isEqualTo(Outcome.Status.COMPLETED);
        assertThat(exchange.clientHop().version()).isEqualTo("HTTP/2");
        assertThat(exchange.clientHop().streamId()).isPresent();
        assertThat(exchange.clientHop().reset()).isEmpty();
        assertThat(exchange.originHop().orElseThrow().version()).isEqualTo("HTTP/2");
        assertThat(exchange.originHop().orElseThrow().streamId()).isPresent();
        assertThat(exchange.originHop().orElseThrow().reset()).isEmpty();
        GrpcCall call = exchange.grpc().orElseThrow();
        assertThat(call.service()).isEqualTo(Bytes.SERVICE);
        assertThat(call.method()).isEqualTo(method);
        return call;
    }

    private static List<String> texts(List<GrpcMessage> messages) {
        return messages.stream()
                .map(message -> new String(message.decoded(), UTF_8))
                .toList();
    }

    @ParameterizedTest
    @EnumSource
    void aUnaryCallIsRecordedWithItsMessagesAndItsStatus(Kind kind) throws Exception {
        try (GrpcRig rig = new GrpcRig(kind)) {
            assertThat(unary(rig.channel(), HELLO)).isEqualTo(HELLO);

            GrpcCall call = check(rig.only(), "Unary");
            assertThat(call.status()).hasValue(0);
            assertThat(texts(call.requestMessages())).containsExactly("hello");
            assertThat(texts(call.responseMessages())).containsExactly("hello");
            assertThat(rig.only().response().orElseThrow().trailers().first("grpc-status"))
                    .contains("0");
        }
    }

    static Stream<Arguments> badStatuses() {
        return Stream.of(Kind.values())
                .flatMap(kind -> Stream.of(Status.Code.values())
                        .filter(code -> code != Status.Code.OK)
                        .map(code -> Arguments.of(kind, code)));
    }

    @ParameterizedTest
    @MethodSource("badStatuses")
    void aStatusInTheHeadAloneIsPassedOnAndRecorded(Kind kind, Status.Code code) throws Exception {
        Metadata metadata = new Metadata();
        metadata.put(Service.STATUS, String.valueOf(code.value()));
        try (GrpcRig rig = new GrpcRig(kind)) {
            Channel channel = with(rig, metadata);

            Status status = Status.fromThrowable(
                    catchThrowableOfType(StatusRuntimeException.class, () -> unary(channel, HELLO)));

            assertThat(status.getCode()).isEqualTo(code);
            assertThat(status.getDescription()).isEqualTo(Service.DESCRIPTION);
            GrpcCall call = check(rig.only(), "Unary");
            assertThat(call.statusName()).contains(code.name());
            assertThat(call.message()).contains(Service.DESCRIPTION);
            assertThat(texts(call.requestMessages())).containsExactly("hello");
            assertThat(call.responseMessages()).isEmpty();
            assertThat(rig.only().response().orElseThrow().trailers().stream()).isEmpty();
        }
    }

    @ParameterizedTest
    @EnumSource
    void aClientsStreamIsRecordedMessageByMessage(Kind kind) throws Exception {
        try (GrpcRig rig = new GrpcRig(kind)) {
            Answers answers = new Answers();
            StreamObserver<byte[]> out = ClientCalls.asyncClientStreamingCall(
                    rig.channel().newCall(Bytes.COLLECT, CallOptions.DEFAULT), answers);
            for (String part : List.of("one", "", "two", "three")) {
                out.onNext(part.getBytes(UTF_8));
            }
            out.onCompleted();

            assertThat(answers.status().isOk()).isTrue();
            assertThat(answers.next()).asString(UTF_8).isEqualTo("onetwothree");
            GrpcCall call = check(rig.only(), "Collect");
            assertThat(texts(call.requestMessages())).containsExactly("one", "", "two", "three");
            assertThat(texts(call.responseMessages())).containsExactly("onetwothree");
        }
    }

    @ParameterizedTest
    @EnumSource
    void aServersMessageArrivesBeforeTheNextOneIsSent(Kind kind) throws Exception {
        try (GrpcRig rig = new GrpcRig(kind)) {
            Answers answers = new Answers();
            ClientCalls.asyncServerStreamingCall(
                    rig.channel().newCall(Bytes.SPREAD, CallOptions.DEFAULT), HELLO, answers);
            StreamObserver<byte[]> server = rig.service().spreads().poll(20, TimeUnit.SECONDS);
            for (String part : List.of("one", "two", "three")) {
                server.onNext(part.getBytes(UTF_8));
                assertThat(answers.next()).asString(UTF_8).isEqualTo(part);
            }
            assertThat(rig.history().inFlight()).isNotEmpty();
            server.onError(Status.DATA_LOSS.withDescription("no more").asRuntimeException());

            assertThat(answers.status().getCode()).isEqualTo(Status.Code.DATA_LOSS);
            GrpcCall call = check(rig.only(), "Spread");
            assertThat(call.statusName()).contains("DATA_LOSS");
            assertThat(call.message()).contains("no more");
            assertThat(texts(call.responseMessages())).containsExactly("one", "two", "three");
        }
    }

    @ParameterizedTest
    @EnumSource
    void messagesGoToAndFro(Kind kind) throws Exception {
        try (GrpcRig rig = new GrpcRig(kind)) {
            Answers answers = new Answers();
            StreamObserver<byte[]> out =
                    ClientCalls.asyncBidiStreamingCall(rig.channel().newCall(Bytes.TALK, CallOptions.DEFAULT), answers);
            List<String> said = new ArrayList<>();
            for (int i = 0; i < ROUNDS; i++) {
                said.add("message " + i);
                out.onNext(said.get(i).getBytes(UTF_8));
                assertThat(answers.next()).asString(UTF_8).isEqualTo(said.get(i));
            }
            out.onCompleted();

            assertThat(answers.status().isOk()).isTrue();
            assertThat(answers.waiting()).isZero();
            GrpcCall call = check(rig.only(), "Talk");
            assertThat(texts(call.requestMessages())).isEqualTo(said);
            assertThat(texts(call.responseMessages())).isEqualTo(said);
        }
    }

    @ParameterizedTest
    @EnumSource
    void aLargeMessageGoesEachWay(Kind kind) throws Exception {
        byte[] large = new byte[LARGE];
        for (int i = 0; i < LARGE; i++) {
            large[i] = (byte) (i * 31 + i / 251);
        }
        try (GrpcRig rig = new GrpcRig(kind)) {
            assertThat(unary(rig.channel(), large)).isEqualTo(large);

            GrpcCall call = check(rig.only(), "Unary");
            assertThat(call.requestMessages()).hasSize(1);
            assertThat(call.requestMessages().get(0).bytes()).isEqualTo(large);
            assertThat(call.responseMessages()).hasSize(1);
            assertThat(call.responseMessages().get(0).bytes()).isEqualTo(large);
        }
    }

    @ParameterizedTest
    @EnumSource
    void compressedMessagesAreDecoded(Kind kind) throws Exception {
        byte[] text = "again and ".repeat(1_000).getBytes(UTF_8);
        try (GrpcRig rig = new GrpcRig(kind)) {
            byte[] answer = ClientCalls.blockingUnaryCall(
                    rig.channel(), Bytes.UNARY, CallOptions.DEFAULT.withCompression("gzip"), text);

            assertThat(answer).isEqualTo(text);
            GrpcMessage sent = check(rig.only(), "Unary").requestMessages().get(0);
            assertThat(sent.isCompressed()).isTrue();
            assertThat(sent.encoding()).contains("gzip");
            assertThat(sent.length()).isLessThan(text.length);
            assertThat(sent.decoded()).isEqualTo(text);
        }
    }

    @ParameterizedTest
    @EnumSource
    void metadataIsPassedOnBothWays(Kind kind) throws Exception {
        Metadata.Key<byte[]> binary = Metadata.Key.of("trace-bin", Metadata.BINARY_BYTE_MARSHALLER);
        Metadata.Key<String> text = Metadata.Key.of("x-text", Metadata.ASCII_STRING_MARSHALLER);
        Metadata metadata = new Metadata();
        metadata.put(text, "some, text");
        metadata.put(text, "more");
        metadata.put(binary, new byte[] {0, 1, 10, 13, -1});
        metadata.put(binary, new byte[] {44, 44});
        AtomicReference<Metadata> head = new AtomicReference<>();
        AtomicReference<Metadata> trailers = new AtomicReference<>();
        try (GrpcRig rig = new GrpcRig(kind)) {
            Channel channel = ClientInterceptors.intercept(
                    with(rig, metadata), MetadataUtils.newCaptureMetadataInterceptor(head, trailers));

            unary(channel, HELLO);

            assertThat(rig.service().received().getAll(text)).containsExactly("some, text", "more");
            for (Metadata got : List.of(rig.service().received(), head.get(), trailers.get())) {
                assertThat(got.getAll(binary)).containsExactly(new byte[] {0, 1, 10, 13, -1}, new byte[] {44, 44});
            }
            Exchange exchange = rig.only();
            assertThat(exchange.request().headers().first("trace-bin")).contains("AAEKDf8");
            assertThat(exchange.response().orElseThrow().trailers().first("trace-bin"))
                    .contains("AAEKDf8");
        }
    }
}
