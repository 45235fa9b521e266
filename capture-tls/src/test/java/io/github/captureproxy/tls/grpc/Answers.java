package io.github.captureproxy.tls.grpc;

import io.grpc.Status;
import io.grpc.stub.StreamObserver;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;

/** What a client hears of its call. Every wait ends after twenty seconds. */
final class Answers implements StreamObserver<byte[]> {
    private static final int SECONDS = 20;

    private final BlockingQueue<byte[]> messages = new LinkedBlockingQueue<>();
    private final CompletableFuture<Status> status = new CompletableFuture<>();

    @Override
    public void onNext(byte[] message) {
        messages.add(message);
    }

    @Override
    public void onError(Throwable cause) {
        status.complete(Status.fromThrowable(cause));
    }

    @Override
    public void onCompleted() {
        status.complete(Status.OK);
    }

    /** The next message. */
    byte[] next() throws InterruptedException {
        byte[] message = messages.poll(SECONDS, TimeUnit.SECONDS);
        if (message == null) {
            throw new AssertionError("no message came; the call's status is " + status.getNow(null));
        }
        return message;
    }

    /** Messages that have come in and that nobody has asked for. */
    int waiting() {
        return messages.size();
    }

    /** How the call ended. */
    Status status() throws Exception {
        return status.get(SECONDS, TimeUnit.SECONDS);
    }
}
