package io.github.captureproxy.examples.benchmark;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.Map;
import java.util.function.IntFunction;

/** The origin's answers, made once for each size. */
final class PreparedAnswers {
    /** Larger bodies are this block again and again. */
    static final int BLOCK_BYTES = 1 << 20;

    private final IntFunction<ByteBuffer> allocator;
    private final ByteBuffer block;
    private final Map<Long, ByteBuffer> responses = new HashMap<>();
    private final Map<Long, ByteBuffer> stamped = new HashMap<>();
    private long stamps;

    /** In buffers of the kind that costs least to send. */
    PreparedAnswers(IntFunction<ByteBuffer> allocator) {
        this.allocator = allocator;
        block = filled(BLOCK_BYTES);
    }

    /** Empty room of that kind. */
    ByteBuffer room(int bytes) {
        return allocator.apply(bytes);
    }

    /** A response's head, and its body if that is not larger than a block. */
    ByteBuffer response(long bodyBytes) {
        return responses.computeIfAbsent(bodyBytes, this::prepare).duplicate();
    }

    /** The same, with a number at the beginning of the body that no answer had before; for bodies of 8 bytes to a block. */
    ByteBuffer stampedResponse(long bodyBytes) {
        ByteBuffer response = stamped.computeIfAbsent(bodyBytes, this::prepare);
        response.putLong(response.limit() - (int) bodyBytes, stamps++);
        return response.duplicate();
    }

    /** Body bytes, at most a block. */
    ByteBuffer body(long bytes) {
        return block.duplicate().limit((int) Math.min(bytes, BLOCK_BYTES));
    }

    private ByteBuffer prepare(long bodyBytes) {
        byte[] head = ("HTTP/1.1 200 OK\r\nServer: origin\r\nDate: Mon, 01 Jan 2024 00:00:00 GMT\r\n"
                        + "Content-Type: application/octet-stream\r\nCache-Control: no-store\r\nContent-Length: "
                        + bodyBytes + "\r\n\r\n")
                .getBytes(StandardCharsets.ISO_8859_1);
        int body = bodyBytes <= BLOCK_BYTES ? (int) bodyBytes : 0;
        return allocator.apply(head.length + body).put(head).put(filled(body)).flip();
    }

    private ByteBuffer filled(int bytes) {
        ByteBuffer filled = allocator.apply(bytes);
        for (int i = 0; i < bytes; i++) {
            filled.put((byte) ('a' + i % 23));
        }
        return filled.flip();
    }
}
