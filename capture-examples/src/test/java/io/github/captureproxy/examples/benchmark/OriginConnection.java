package io.github.captureproxy.examples.benchmark;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.SelectionKey;

/**
 * The origin's end of a connection. It takes {@code GET /<size of the answer>}, with {@code /new} behind it if no two
 * answers are to be the same, {@code POST /<size of the body>} and questions of {@link #QUESTION_BYTES} bytes that begin
 * with 0, one after another.
 */
final class OriginConnection implements OriginEnd {
    static final int QUESTION_BYTES = 64;
    static final int QUESTION_SIZE_AT = 4;

    private static final int MAX_HEAD = 2048;
    private static final int POST_ANSWER_BYTES = 2;

    /** The empty line that ends a head, as the four bytes of an int. */
    private static final int END_OF_HEAD = 0x0d0a0d0a;

    private static final ByteBuffer NOTHING = ByteBuffer.allocate(0);

    private final Link link;
    private final SelectionKey key;
    private final PreparedAnswers answers;
    private final ByteBuffer head;
    private ByteBuffer out = NOTHING;
    private long bodyToRead;
    private long bodyToWrite;

    OriginConnection(Link link, SelectionKey key, PreparedAnswers answers) {
        this.link = link;
        this.key = key;
        this.answers = answers;
        this.head = answers.room(MAX_HEAD);
    }

    @Override
    public boolean onReady(ByteBuffer shared) throws IOException {
        if (key.isWritable()) {
            write();
            return true;
        }
        return bodyToRead > 0 ? readBody(shared) : readHead();
    }

    private boolean readHead() throws IOException {
        if (link.read(head) < 0) {
            return false;
        }
        if (head.position() == 0) {
            return true; // a part of a handshake
        }
        if (head.get(0) == 0) {
            if (head.position() >= QUESTION_BYTES) {
                long size = head.getInt(QUESTION_SIZE_AT);
                head.clear();
                answer(NOTHING, size);
            }
        } else if (head.position() > Integer.BYTES) {
            int end = endOfHead();
            if (end > 0) {
                onHead(end);
            }
        }
        return true;
    }

    private int endOfHead() throws IOException {
        if (head.get(0) == 'G' && head.getInt(head.position() - Integer.BYTES) == END_OF_HEAD) {
            return head.position();
        }
        for (int at = Integer.BYTES; at <= head.position(); at++) {
            if (head.getInt(at - Integer.BYTES) == END_OF_HEAD) {
                return at;
            }
        }
        if (!head.hasRemaining()) {
            throw new IOException("too long a head");
        }
        return -1;
    }

    private void onHead(int end) throws IOException {
        int digits = firstSlash() + 1;
        int afterDigits = endOfDigits(digits);
        long size = number(digits, afterDigits);
        boolean stamped = head.get(afterDigits) == '/';
        boolean post = head.get(0) == 'P';
        int bodyReadAlready = head.position() - end;
        head.clear();
        if (post) {
            bodyToRead = size - bodyReadAlready;
            if (bodyToRead == 0) {
                answer(answers.response(POST_ANSWER_BYTES), 0);
            }
        } else {
            ByteBuffer response = stamped ? answers.stampedResponse(size) : answers.response(size);
            answer(response, size > PreparedAnswers.BLOCK_BYTES ? size : 0);
        }
    }

    private int firstSlash() {
        int at = 0;
        while (head.get(at) != '/') {
            at++;
        }
        return at;
    }

    private int endOfDigits(int from) {
        int at = from;
        while (head.get(at) >= '0' && head.get(at) <= '9') {
            at++;
        }
        return at;
    }

    private long number(int from, int to) {
        long number = 0;
        for (int at = from; at < to; at++) {
            number = number * 10 + head.get(at) - '0';
        }
        return number;
    }

    private boolean readBody(ByteBuffer shared) throws IOException {
        int read = link.read(shared.clear());
        if (read < 0) {
            return false;
        }
        bodyToRead -= read;
        if (bodyToRead <= 0) {
            answer(answers.response(POST_ANSWER_BYTES), 0);
        }
        return true;
    }

    private void answer(ByteBuffer first, long bodyAfterwards) throws IOException {
        out = first;
        bodyToWrite = bodyAfterwards;
        write();
    }

    private void write() throws IOException {
        do {
            if (!out.hasRemaining()) {
                out = answers.body(bodyToWrite);
                bodyToWrite -= out.remaining();
            }
            link.write(out);
        } while (!out.hasRemaining() && link.isFlushed() && bodyToWrite > 0);
        int interest = out.hasRemaining() || !link.isFlushed() ? SelectionKey.OP_WRITE : SelectionKey.OP_READ;
        if (key.interestOps() != interest) {
            key.interestOps(interest);
        }
    }

    @Override
    public void close() throws IOException {
        link.close();
    }
}
