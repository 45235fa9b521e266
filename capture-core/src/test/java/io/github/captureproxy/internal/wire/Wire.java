package io.github.captureproxy.internal.wire;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import org.assertj.core.api.Assertions;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;

/** Short ways for the tests of this package to write bytes as text. */
final class Wire {

    static final int MAX_FIELDS = 100;

    private Wire() {}

    static byte[] bytes(String text) {
        return text.getBytes(StandardCharsets.ISO_8859_1);
    }

    static String text(byte[] bytes) {
        return new String(bytes, StandardCharsets.ISO_8859_1);
    }

    /** A request of a request line and field lines, without their CRLFs. */
    static RequestHead request(String... lines) throws MalformedMessageException {
        return HeadParser.request(head(lines), MAX_FIELDS);
    }

    /** A response of a status line and field lines, without their CRLFs. */
    static ResponseHead response(String... lines) throws MalformedMessageException {
        return HeadParser.response(head(lines), MAX_FIELDS);
    }

    static Fields fields(String... lines) throws MalformedMessageException {
        return HeadParser.trailers(head(lines), MAX_FIELDS);
    }

    static byte[] head(String... lines) {
        StringBuilder head = new StringBuilder();
        for (String line : lines) {
            head.append(line).append("\r\n");
        }
        return bytes(head.append("\r\n").toString());
    }

    static List<String> names(Fields fields) {
        List<String> names = new ArrayList<>();
        for (int i = 0; i < fields.count(); i++) {
            names.add(fields.name(i));
        }
        return names;
    }

    static void assertRefused(int status, ThrowingCallable parse) {
        Assertions.assertThatExceptionOfType(MalformedMessageException.class)
                .isThrownBy(parse)
                .satisfies(e -> Assertions.assertThat(e.status()).isEqualTo(status))
                .satisfies(e -> Assertions.assertThat(e.getStackTrace()).isEmpty());
    }

    /** Cuts bytes into pieces of the given sizes, over and over; each piece lies somewhere inside a larger buffer. */
    static List<ByteBuffer> pieces(byte[] bytes, List<Integer> sizes, boolean direct) {
        List<ByteBuffer> pieces = new ArrayList<>();
        int at = 0;
        for (int i = 0; at < bytes.length; i++) {
            int length = Math.min(sizes.get(i % sizes.size()), bytes.length - at);
            ByteBuffer buf = direct ? ByteBuffer.allocateDirect(length + 6) : ByteBuffer.allocate(length + 6);
            pieces.add(buf.position(3).put(bytes, at, length).flip().position(3));
            at += length;
        }
        return pieces;
    }
}
