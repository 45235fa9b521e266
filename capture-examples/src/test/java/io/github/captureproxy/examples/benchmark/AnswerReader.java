package io.github.captureproxy.examples.benchmark;

import java.io.IOException;
import java.nio.ByteBuffer;

/** Finds the end of an answer of known size, at the least cost; the bytes themselves are dropped. */
final class AnswerReader {
    private static final String END_OF_HEAD = "\r\n\r\n";
    private static final int STATUS_AT = "HTTP/1.1 ".length();

    private final Dialogue dialogue;
    private boolean inHead;
    private boolean fresh;
    private int matched;
    private long remaining;

    AnswerReader(Dialogue dialogue) {
        this.dialogue = dialogue;
        start();
    }

    /** Gets ready for the next answer. */
    void start() {
        inHead = dialogue.hasHead();
        fresh = true;
        matched = 0;
        remaining = dialogue.answerBytes();
    }

    /** Takes what was read, from 0 to the limit; true at the end of the answer. */
    boolean take(ByteBuffer bytes) throws IOException {
        int from = inHead ? skipHead(bytes) : 0;
        remaining -= bytes.limit() - from;
        if (remaining < 0) {
            throw new IOException("more bytes than the answer has");
        }
        return !inHead && remaining == 0;
    }

    private int skipHead(ByteBuffer bytes) throws IOException {
        if (fresh && bytes.limit() > STATUS_AT && bytes.get(STATUS_AT) != '2') {
            byte[] text = new byte[bytes.limit()];
            bytes.get(0, text);
            throw new IOException("answered with " + new String(text, java.nio.charset.StandardCharsets.ISO_8859_1));
        }
        fresh = false;
        for (int at = 0; at < bytes.limit(); at++) {
            byte next = bytes.get(at);
            matched = next == END_OF_HEAD.charAt(matched) ? matched + 1 : next == '\r' ? 1 : 0;
            if (matched == END_OF_HEAD.length()) {
                inHead = false;
                return at + 1;
            }
        }
        return bytes.limit();
    }
}
