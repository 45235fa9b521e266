package io.github.captureproxy.tls.grpc;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.github.captureproxy.exchange.Exchange;
import io.github.captureproxy.exchange.GrpcCall;
import io.github.captureproxy.exchange.Outcome;
import io.github.captureproxy.exchange.StreamReset;
import io.github.captureproxy.tls.grpc.GrpcRig.Kind;
import io.grpc.CallOptions;
import io.grpc.Channel;
import io.grpc.ClientCall;
import io.grpc.ClientInterceptors;
import io.grpc.Metadata;
import io.grpc.Server;
import io.grpc.Status;
import io.grpc.stub.ClientCalls;
import io.grpc.stub.MetadataUtils;
import io.grpc.stub.StreamObserver;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Calls that are cut short, many at once, and a server that leaves. */
class GrpcEndsTest {
    private static final byte[] HELLO = "hello".getBytes(UTF_8);
    private static final int AT_ONCE = 200;
    private static final long CANCEL = 8;

    /** Long enough to reach the server with, and no longer. */
    private static final Duration DEADLINE = Duration.ofSeconds(2);

    private static Channel hanging(GrpcRig rig) {
        Metadata metadata = new Metadata();
        metadata.put(Service.HANG, "yes");
        return ClientInterceptors.intercept(rig.channel(), MetadataUtils.newAttachHeadersInterceptor(metadata));
    }

    private static void await(CountDownLatch latch) throws InterruptedException {
        assertThat(latch.await(20, TimeUnit.SECONDS)).isTrue();
    }

    @ParameterizedTest
    @EnumSource
    void aDeadlineIsMetByBothSidesAndRecordedWithTheReset(Kind kind) throws Exception {
        try (GrpcRig rig = new GrpcRig(kind)) {
            ClientCalls.blockingUnaryCall(rig.channel(), Bytes.UNARY, CallOptions.DEFAULT, HELLO); // connects
            rig.history().clear();
            Answers answers = new Answers();
            ClientCall<byte[], byte[]> call = hanging(rig)
                    .newCall(
                            Bytes.UNARY,
                            CallOptions.DEFAULT.withDeadlineAfter(DEADLINE.toMillis(), TimeUnit.MILLISECONDS));

            ClientCalls.asyncUnaryCall(call, HELLO, answers);

            assertThat(answers.status().getCode()).isEqualTo(Status.Code.DEADLINE_EXCEEDED);
            await(rig.service().cancelled());
            Exchange exchange = rig.next();
            GrpcCall seen = exchange.grpc().orElseThrow();
            assertThat(seen.timeout().orElseThrow()).isBetween(Duration.ofMillis(1), DEADLINE);
            assertThat(seen.status()).isEmpty();
            assertThat(seen.requestMessages()).hasSize(1);
            assertThat(exchange.outcome().status()).isNotEqualTo(Outcome.Status.COMPLETED);
            assertThat(exchange.clientHop().reset()).map(StreamReset::code).contains(CANCEL);
            assertThat(exchange.originHop().orElseThrow().reset())
                    .map(StreamReset::code)
                    .contains(CANCEL);
        }
    }

    @ParameterizedTest
    @EnumSource
    void aClientsCancellationReachesTheServerAndIsRecordedOnBothHops(Kind kind) throws Exception {
        try (GrpcRig rig = new GrpcRig(kind)) {
            Answers answers = new Answers();
            ClientCall<byte[], byte[]> call = rig.channel().newCall(Bytes.TALK, CallOptions.DEFAULT);
            StreamObserver<byte[]> out = ClientCalls.asyncBidiStreamingCall(call, answers);
            out.onNext(HELLO);
            answers.next();

            call.cancel("enough", null);

            await(rig.service().cancelled());
            Exchange exchange = rig.next();
            assertThat(exchange.outcome().status()).isEqualTo(Outcome.Status.CLIENT_ABORTED);
            assertThat(exchange.clientHop().reset()).contains(new StreamReset(CANCEL, true));
            assertThat(exchange.originHop().orElseThrow().reset()).contains(new StreamReset(CANCEL, false));
            GrpcCall seen = exchange.grpc().orElseThrow();
            assertThat(seen.requestMessages()).hasSize(1);
            assertThat(seen.responseMessages()).hasSize(1);
            assertThat(seen.status()).isEmpty();
        }
    }

    @ParameterizedTest
    @EnumSource
    void aCallThatIsCancelledBeforeItsAnswerLeavesTheOthersAlone(Kind kind) throws Exception {
        try (GrpcRig rig = new GrpcRig(kind)) {
            Answers first = new Answers();
            StreamObserver<byte[]> talk =
                    ClientCalls.asyncBidiStreamingCall(rig.channel().newCall(Bytes.TALK, CallOptions.DEFAULT), first);
            ClientCall<byte[], byte[]> hung = hanging(rig).newCall(Bytes.UNARY, CallOptions.DEFAULT);
            ClientCalls.asyncUnaryCall(hung, HELLO, new Answers());
            await(rig.service().begun());

            hung.cancel("enough", null);

            assertThat(rig.next().outcome().status()).isEqualTo(Outcome.Status.CLIENT_ABORTED);
            talk.onNext(HELLO);
            assertThat(first.next()).isEqualTo(HELLO);
            talk.onCompleted();
            assertThat(first.status().isOk()).isTrue();
        }
    }

    @ParameterizedTest
    @EnumSource
    void manyCallsShareOneConnection(Kind kind) throws Exception {
        try (GrpcRig rig = new GrpcRig(kind)) {
            List<Answers> all = new ArrayList<>();
            for (int i = 0; i < AT_ONCE; i++) {
                Answers answers = new Answers();
                all.add(answers);
                ClientCalls.asyncUnaryCall(
                        rig.channel().newCall(Bytes.UNARY, CallOptions.DEFAULT),
                        ("call " + i).getBytes(UTF_8),
                        answers);
            }
            for (int i = 0; i < AT_ONCE; i++) {
                assertThat(all.get(i).status().isOk()).isTrue();
                assertThat(all.get(i).next()).asString(UTF_8).isEqualTo("call " + i);
            }

            List<Exchange> recorded = rig.history().snapshot();
            assertThat(recorded).hasSize(AT_ONCE);
            assertThat(recorded)
                    .extracting(exchange -> exchange.clientHop().streamId().orElseThrow())
                    .doesNotHaveDuplicates();
            assertThat(recorded)
                    .extracting(exchange -> exchange.tunnelId().orElseThrow())
                    .containsOnly(recorded.get(0).tunnelId().orElseThrow());
            assertThat(recorded)
                    .allMatch(exchange -> exchange.grpc().orElseThrow().status().getAsInt() == 0);
        }
    }

    @ParameterizedTest
    @EnumSource
    void aServerThatLeavesEndsItsCallsAndNewOnesGoToTheNextServer(Kind kind) throws Exception {
        try (GrpcRig rig = new GrpcRig(kind)) {
            Answers talking = new Answers();
            StreamObserver<byte[]> talk =
                    ClientCalls.asyncBidiStreamingCall(rig.channel().newCall(Bytes.TALK, CallOptions.DEFAULT), talking);
            talk.onNext(HELLO);
            talking.next();

            Server old = rig.replaceServer();
            List<Answers> others = new ArrayList<>();
            for (int i = 0; i < AT_ONCE / 10; i++) {
                Answers answers = new Answers();
                others.add(answers);
                ClientCalls.asyncUnaryCall(
                        rig.channel().newCall(Bytes.UNARY, CallOptions.DEFAULT.withWaitForReady()), HELLO, answers);
            }

            for (Answers answers : others) {
                assertThat(answers.status()).isEqualTo(Status.OK);
            }
            talk.onNext(HELLO);
            assertThat(talking.next()).isEqualTo(HELLO);
            talk.onCompleted();
            assertThat(talking.status()).isEqualTo(Status.OK);
            assertThat(old.awaitTermination(20, TimeUnit.SECONDS)).isTrue();
            assertThat(rig.history().snapshot())
                    .hasSize(1 + others.size())
                    .allMatch(exchange -> exchange.outcome().status() == Outcome.Status.COMPLETED);
        }
    }
}
