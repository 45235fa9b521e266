package io.github.captureproxy.tls.grpc;

import io.grpc.Context;
import io.grpc.Contexts;
import io.grpc.ForwardingServerCall.SimpleForwardingServerCall;
import io.grpc.Metadata;
import io.grpc.ServerCall;
import io.grpc.ServerCallHandler;
import io.grpc.ServerInterceptor;
import io.grpc.ServerInterceptors;
import io.grpc.ServerServiceDefinition;
import io.grpc.Status;
import io.grpc.stub.ServerCallStreamObserver;
import io.grpc.stub.ServerCalls;
import io.grpc.stub.StreamObserver;
import java.io.ByteArrayOutputStream;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.atomic.AtomicReference;

/** What the methods of {@link Bytes} do, and what the server has seen. */
final class Service {
    /** Has {@code Unary} end with this status instead of a message. */
    static final Metadata.Key<String> STATUS = Metadata.Key.of("x-status", Metadata.ASCII_STRING_MARSHALLER);

    /** Has {@code Unary} never answer. */
    static final Metadata.Key<String> HANG = Metadata.Key.of("x-hang", Metadata.ASCII_STRING_MARSHALLER);

    /** What the description of each bad status is: it needs percent-encoding. */
    static final String DESCRIPTION = "100 % wrong: Größe, line 1\nline 2";

    private static final Context.Key<Metadata> SENT = Context.key("metadata");

    private final BlockingQueue<StreamObserver<byte[]>> spreads = new LinkedBlockingQueue<>();
    private final AtomicReference<Metadata> received = new AtomicReference<>();
    private final CountDownLatch begun = new CountDownLatch(1);
    private final CountDownLatch cancelled = new CountDownLatch(1);

    ServerServiceDefinition definition() {
        ServerServiceDefinition methods = ServerServiceDefinition.builder(Bytes.SERVICE)
                .addMethod(Bytes.UNARY, ServerCalls.asyncUnaryCall(this::unary))
                .addMethod(Bytes.COLLECT, ServerCalls.asyncClientStreamingCall(this::collect))
                .addMethod(Bytes.SPREAD, ServerCalls.asyncServerStreamingCall((request, out) -> spreads.add(out)))
                .addMethod(Bytes.TALK, ServerCalls.asyncBidiStreamingCall(this::talk))
                .build();
        return ServerInterceptors.intercept(methods, new Remember());
    }

    private void unary(byte[] request, StreamObserver<byte[]> out) {
        Metadata sent = SENT.get();
        if (sent.containsKey(HANG)) {
            ((ServerCallStreamObserver<byte[]>) out).setOnCancelHandler(cancelled::countDown);
            begun.countDown();
        } else if (sent.containsKey(STATUS)) {
            Status status = Status.fromCodeValue(Integer.parseInt(sent.get(STATUS)));
            out.onError(status.withDescription(DESCRIPTION).asRuntimeException());
        } else {
            out.onNext(request);
            out.onCompleted();
        }
    }

    private StreamObserver<byte[]> collect(StreamObserver<byte[]> out) {
        ByteArrayOutputStream all = new ByteArrayOutputStream();
        return new Receiver() {
            @Override
            public void onNext(byte[] message) {
                all.writeBytes(message);
            }

            @Override
            public void onCompleted() {
                out.onNext(all.toByteArray());
                out.onCompleted();
            }
        };
    }

    private StreamObserver<byte[]> talk(StreamObserver<byte[]> out) {
        ((ServerCallStreamObserver<byte[]>) out).setOnCancelHandler(cancelled::countDown);
        return new Receiver() {
            @Override
            public void onNext(byte[] message) {
                out.onNext(message);
            }

            @Override
            public void onCompleted() {
                out.onCompleted();
            }
        };
    }

    /** Where the next call of {@code Spread} is answered: by the test, a message at a time. */
    BlockingQueue<StreamObserver<byte[]>> spreads() {
        return spreads;
    }

    /** What the last call came with. */
    Metadata received() {
        return received.get();
    }

    /** A call that is never answered has come in. */
    CountDownLatch begun() {
        return begun;
    }

    /** The server has heard that a call was cancelled. */
    CountDownLatch cancelled() {
        return cancelled;
    }

    /** Hears of a cancellation elsewhere. */
    private abstract static class Receiver implements StreamObserver<byte[]> {
        @Override
        public void onError(Throwable cause) {
            // the cancel handler tells
        }
    }

    /** Keeps what calls come with, and sends binary fields back in head and trailers. */
    private final class Remember implements ServerInterceptor {
        @Override
        public <Q, A> ServerCall.Listener<Q> interceptCall(
                ServerCall<Q, A> call, Metadata headers, ServerCallHandler<Q, A> next) {
            received.set(headers);
            Metadata back = new Metadata();
            for (String name : headers.keys()) {
                if (name.endsWith(Metadata.BINARY_HEADER_SUFFIX)) {
                    Metadata.Key<byte[]> key = Metadata.Key.of(name, Metadata.BINARY_BYTE_MARSHALLER);
                    headers.getAll(key).forEach(value -> back.put(key, value));
                }
            }
            Context context = Context.current().withValue(SENT, headers);
            return Contexts.interceptCall(context, new SendingBack<>(call, back), headers, next);
        }
    }

    /** Has more in head and trailers. */
    private static final class SendingBack<Q, A> extends SimpleForwardingServerCall<Q, A> {
        private final Metadata more;

        SendingBack(ServerCall<Q, A> call, Metadata more) {
            super(call);
            this.more = more;
        }

        @Override
        public void sendHeaders(Metadata headers) {
            headers.merge(more);
            super.sendHeaders(headers);
        }

        @Override
        public void close(Status status, Metadata trailers) {
            trailers.merge(more);
            super.close(status, trailers);
        }
    }
}
