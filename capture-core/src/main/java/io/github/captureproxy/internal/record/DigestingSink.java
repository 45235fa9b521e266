package io.github.captureproxy.internal.record;

import io.github.captureproxy.exchange.CapturedBody;
import io.github.captureproxy.exchange.HeaderList;
import java.nio.ByteBuffer;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;

/** Makes the SHA-256 of all bytes that pass on the way to another sink, whether that keeps them or not. */
final class DigestingSink implements BodySink {
    private final BodySink next;
    private final MessageDigest digest = sha256();

    DigestingSink(BodySink next) {
        this.next = next;
    }

    @Override
    public void write(ByteBuffer data, int from, int length) {
        digest.update(data.duplicate().limit(from + length).position(from));
        next.write(data, from, length);
    }

    @Override
    public CapturedBody finish(long size, boolean complete, HeaderList headers) {
        return next.finish(size, complete, headers).withSha256(HexFormat.of().formatHex(digest.digest()));
    }

    @Override
    public void discard() {
        next.discard();
    }

    private static MessageDigest sha256() {
        try {
            return MessageDigest.getInstance("SHA-256");
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java platform has SHA-256", e);
        }
    }
}
