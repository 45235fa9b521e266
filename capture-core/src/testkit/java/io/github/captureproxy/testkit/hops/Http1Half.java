package io.github.captureproxy.testkit.hops;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

import io.github.captureproxy.exchange.Header;
import io.github.captureproxy.exchange.HeaderList;
import io.github.captureproxy.testkit.RawSocket;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import java.util.OptionalLong;
import org.jspecify.annotations.Nullable;

/** Either end of an exchange of HTTP/1.1. */
abstract class Http1Half implements Half {
    final RawSocket socket;
    private final RawSocket carrier;
    private boolean chunks;
    volatile @Nullable Http1Content content;

    /** With what carries the TLS, if it is in TLS: a reset that TLS knows nothing of. */
    Http1Half(RawSocket socket, RawSocket carrier) {
        this.socket = socket;
        this.carrier = carrier;
    }

    /** What is read of a head. */
    record Head(String line, HeaderList all) {
        static Head of(RawSocket socket) throws IOException {
            List<String> lines = Arrays.asList(socket.readHead().split("\r\n"));
            return new Head(lines.get(0), Http1Content.fields(lines.subList(1, lines.size())));
        }

        /** All that is not of this version. */
        HeaderList fields() {
            return HeaderList.of(all.stream()
                    .filter(it ->
                            !it.name().equalsIgnoreCase("host") && !it.name().equalsIgnoreCase("transfer-encoding"))
                    .toList());
        }
    }

    /** A head as it is sent; what has content of no known length is sent in chunks. */
    String head(String line, HeaderList fields, boolean withContent) {
        chunks = withContent && !fields.has("content-length");
        StringBuilder head = new StringBuilder(line).append("\r\n");
        for (Header field : fields) {
            head.append(field.name()).append(": ").append(field.value()).append("\r\n");
        }
        return head.append(chunks ? "Transfer-Encoding: chunked\r\n\r\n" : "\r\n")
                .toString();
    }

    @Override
    public void send(byte[] bytes) throws IOException {
        if (!chunks) {
            socket.send(bytes);
        } else if (bytes.length > 0) {
            ByteArrayOutputStream chunk = new ByteArrayOutputStream();
            chunk.writeBytes((Integer.toHexString(bytes.length) + "\r\n").getBytes(ISO_8859_1));
            chunk.writeBytes(bytes);
            chunk.writeBytes(new byte[] {'\r', '\n'});
            socket.send(chunk.toByteArray());
        }
    }

    @Override
    public void end(HeaderList trailers) throws IOException {
        if (chunks) {
            StringBuilder end = new StringBuilder("0\r\n");
            trailers.forEach(
                    it -> end.append(it.name()).append(": ").append(it.value()).append("\r\n"));
            socket.send(end.append("\r\n").toString());
        }
    }

    @Override
    public void abort(long code) throws IOException {
        carrier.reset();
    }

    @Override
    public void breakConnection() throws IOException {
        carrier.reset();
    }

    @Override
    public byte[] read(int count) throws IOException {
        return Objects.requireNonNull(content).read(count);
    }

    @Override
    public Ending rest() throws IOException {
        return Objects.requireNonNull(content).rest();
    }

    @Override
    public OptionalLong awaitAbort() throws IOException {
        socket.readToAnyEnd();
        return OptionalLong.empty();
    }
}
