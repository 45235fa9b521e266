package io.github.captureproxy.testkit.hops;

import io.github.captureproxy.exchange.Header;
import io.github.captureproxy.exchange.HeaderList;
import io.github.captureproxy.testkit.RawSocket;
import java.io.ByteArrayOutputStream;
import java.io.EOFException;
import java.io.IOException;
import java.net.SocketTimeoutException;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalLong;

/** The content of a message of HTTP/1.1 on its way in (RFC 9112, section 6). */
final class Http1Content {
    private static final int UNTIL_CLOSE = -1;

    private final RawSocket socket;
    private final boolean chunked;
    private long left;
    private boolean inChunks;
    private boolean ended;
    private boolean cut;
    private HeaderList trailers = HeaderList.empty();

    private Http1Content(RawSocket socket, boolean chunked, long left) {
        this.socket = socket;
        this.chunked = chunked;
        this.left = left;
        this.ended = !chunked && left == 0;
    }

    static Http1Content ofRequest(RawSocket socket, HeaderList fields) {
        return isChunked(fields) ? chunked(socket) : new Http1Content(socket, false, length(fields, 0));
    }

    static Http1Content ofResponse(RawSocket socket, HeaderList fields, int status, boolean toHead) {
        boolean empty = toHead || status == 204 || status == 304;
        if (!empty && isChunked(fields)) {
            return chunked(socket);
        }
        return new Http1Content(socket, false, empty ? 0 : length(fields, UNTIL_CLOSE));
    }

    private static Http1Content chunked(RawSocket socket) {
        return new Http1Content(socket, true, 0);
    }

    static boolean isChunked(HeaderList fields) {
        return fields.first("transfer-encoding").isPresent();
    }

    private static long length(HeaderList fields, long otherwise) {
        return fields.first("content-length").map(Long::parseLong).orElse(otherwise);
    }

    /** Fields from their lines. */
    static HeaderList fields(List<String> lines) {
        List<Header> fields = new ArrayList<>();
        for (String line : lines) {
            int colon = line.indexOf(':');
            fields.add(new Header(
                    line.substring(0, colon), line.substring(colon + 1).strip()));
        }
        return HeaderList.of(fields);
    }

    boolean isEnded() {
        return ended;
    }

    /** So many bytes. */
    byte[] read(int count) throws IOException {
        byte[] content = new byte[count];
        for (int at = 0; at < count; ) {
            int some = some(content, at, count - at);
            if (some < 0) {
                throw new EOFException("the content ended after " + at + " of " + count + " bytes, cut: " + cut);
            }
            at += some;
        }
        return content;
    }

    /** Up to the end. */
    Ending rest() throws IOException {
        ByteArrayOutputStream content = new ByteArrayOutputStream();
        byte[] part = new byte[16 * 1024];
        int some;
        while ((some = some(part, 0, part.length)) >= 0) {
            content.write(part, 0, some);
        }
        return new Ending(content.toByteArray(), trailers, !cut, OptionalLong.empty());
    }

    private int some(byte[] into, int at, int most) throws IOException {
        try {
            if (chunked && left == 0 && !ended) {
                beginChunk();
            }
            if (ended) {
                return -1;
            }
            int count = socket.socket().getInputStream().read(into, at, left < 0 ? most : (int) Math.min(left, most));
            if (count < 0) {
                ended = true;
                cut = left != UNTIL_CLOSE;
            } else if (left > 0) {
                left -= count;
                ended = left == 0 && !chunked;
            }
            return count;
        } catch (SocketTimeoutException e) {
            throw e;
        } catch (IOException e) { // a reset, or an end within a line
            ended = true;
            cut = true;
            return -1;
        }
    }

    private void beginChunk() throws IOException {
        if (inChunks) {
            socket.readThrough("\r\n");
        }
        inChunks = true;
        String line = socket.readThrough("\r\n").strip();
        int extension = line.indexOf(';');
        left = Long.parseLong(extension < 0 ? line : line.substring(0, extension), 16);
        if (left == 0) {
            List<String> lines = new ArrayList<>();
            for (String each = socket.readThrough("\r\n"); !each.equals("\r\n"); each = socket.readThrough("\r\n")) {
                lines.add(each);
            }
            trailers = fields(lines);
            ended = true;
        }
    }
}
