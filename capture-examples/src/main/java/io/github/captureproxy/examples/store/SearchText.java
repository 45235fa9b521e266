package io.github.captureproxy.examples.store;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_8;

import io.github.captureproxy.exchange.CapturedBody;
import io.github.captureproxy.exchange.CapturedResponse;
import io.github.captureproxy.exchange.ContentDecodingException;
import io.github.captureproxy.exchange.Exchange;
import io.github.captureproxy.exchange.Header;
import io.github.captureproxy.exchange.HeaderList;
import io.github.captureproxy.exchange.MediaType;
import io.github.captureproxy.exchange.Tunnel;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.Charset;
import java.nio.charset.IllegalCharsetNameException;
import java.nio.charset.UnsupportedCharsetException;
import java.util.Arrays;

/** What a search looks in: URL, header lines, and the beginning of bodies that are text. */
final class SearchText {
    /** Of the header lines of each message, and of each text beside them. */
    private static final int MAX_PART = 64 * 1024;

    /** Of each body, decoded: as much as is kept of one unless told otherwise. */
    static final int MAX_BODY = StoreLimits.DEFAULT_BODY_BYTES;

    /** What no text has. */
    private static final int BINARY_BYTE = 0;

    private final StringBuilder lines = new StringBuilder(1024);
    private final ByteArrayOutputStream text = new ByteArrayOutputStream();

    private SearchText() {}

    /** In UTF-8. */
    static byte[] of(Exchange exchange) {
        SearchText text = new SearchText();
        text.lines.append(exchange.request().method()).append(' ');
        text.add(exchange.request().url());
        text.add(exchange.request().headers());
        text.add(exchange.request().body());
        exchange.response().map(CapturedResponse::headers).ifPresent(text::add);
        exchange.response().map(CapturedResponse::body).ifPresent(text::add);
        text.add(exchange.outcome().detail());
        return text.bytes();
    }

    /** In UTF-8. */
    static byte[] of(Tunnel tunnel) {
        SearchText text = new SearchText();
        text.lines.append("CONNECT ");
        text.add(tunnel.host() + ":" + tunnel.port());
        tunnel.serverName().ifPresent(text::add);
        text.add(tunnel.reasonDetail());
        text.add(tunnel.outcome().detail());
        return text.bytes();
    }

    private byte[] bytes() {
        endLines();
        return text.toByteArray();
    }

    private void endLines() {
        text.writeBytes(lines.toString().getBytes(UTF_8));
        lines.setLength(0);
    }

    private void add(String part) {
        lines.append(part, 0, Math.min(part.length(), MAX_PART)).append('\n');
    }

    private void add(HeaderList headers) {
        int end = lines.length() + MAX_PART;
        for (Header header : headers) {
            if (lines.length() + header.name().length() + header.value().length() > end) {
                return;
            }
            lines.append(header.name()).append(": ").append(header.value()).append('\n');
        }
    }

    private void add(CapturedBody body) {
        if (body.capturedSize() == 0 || isBinary(body)) {
            return;
        }
        byte[] start;
        try (InputStream in = body.openDecoded(CapturedBody.MAX_DECODED_BYTES)) {
            start = start(in, (int) Math.min(body.capturedSize(), MAX_BODY));
        } catch (ContentDecodingException | IOException | UncheckedIOException e) {
            return; // What cannot be decoded has no words; the exchange itself is kept.
        }
        Charset charset = charset(body);
        if (!charset.name().startsWith("UTF-") && hasBinaryByte(start)) {
            return;
        }
        endLines();
        text.writeBytes(charset.equals(UTF_8) ? start : new String(start, charset).getBytes(UTF_8));
        lines.append('\n');
    }

    /** Most bodies are no longer than what was captured of them, and small: room for more would cost more than they do. */
    private static byte[] start(InputStream in, int likely) throws IOException {
        byte[] start = in.readNBytes(likely);
        int next = start.length == likely && likely < MAX_BODY ? in.read() : -1;
        if (next < 0) {
            return start;
        }
        byte[] rest = in.readNBytes(MAX_BODY - likely - 1);
        byte[] whole = Arrays.copyOf(start, likely + 1 + rest.length);
        whole[likely] = (byte) next;
        System.arraycopy(rest, 0, whole, likely + 1, rest.length);
        return whole;
    }

    private static boolean hasBinaryByte(byte[] bytes) {
        for (byte one : bytes) {
            if (one == BINARY_BYTE) {
                return true;
            }
        }
        return false;
    }

    private static boolean isBinary(CapturedBody body) {
        String type = body.mediaType().map(MediaType::essence).orElse("");
        return switch (TypeFamily.of(type)) {
            case IMAGE, FONT, MEDIA -> !type.endsWith("+xml");
            case NONE, JSON, XML, HTML, SCRIPT, STYLE, GRPC, FORM, EVENTS, TEXT, OTHER -> false;
        };
    }

    private static Charset charset(CapturedBody body) {
        String name =
                body.mediaType().flatMap(type -> type.parameter("charset")).orElse("");
        try {
            return name.isEmpty() ? UTF_8 : Charset.forName(name);
        } catch (IllegalCharsetNameException | UnsupportedCharsetException e) {
            return ISO_8859_1; // A wrong name: words in ASCII are found all the same.
        }
    }
}
