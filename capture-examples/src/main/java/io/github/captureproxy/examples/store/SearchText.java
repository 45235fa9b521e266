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
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.Charset;
import java.nio.charset.IllegalCharsetNameException;
import java.nio.charset.UnsupportedCharsetException;

/** What a search looks in: URL, header lines, and the beginning of bodies that are text. */
final class SearchText {
    /** Of the header lines of each message, and of each text beside them. */
    private static final int MAX_PART = 64 * 1024;

    /** Of each body, decoded: as much as is kept of one unless told otherwise. */
    static final int MAX_BODY = StoreLimits.DEFAULT_BODY_BYTES;

    /** What no text has. */
    private static final int BINARY_BYTE = 0;

    private SearchText() {}

    static String of(Exchange exchange) {
        StringBuilder text = new StringBuilder(1024);
        text.append(exchange.request().method()).append(' ');
        add(text, exchange.request().url());
        add(text, exchange.request().headers());
        add(text, exchange.request().body());
        exchange.response().map(CapturedResponse::headers).ifPresent(headers -> add(text, headers));
        exchange.response().map(CapturedResponse::body).ifPresent(body -> add(text, body));
        add(text, exchange.outcome().detail());
        return text.toString();
    }

    static String of(Tunnel tunnel) {
        StringBuilder text = new StringBuilder("CONNECT ");
        add(text, tunnel.host() + ":" + tunnel.port());
        tunnel.serverName().ifPresent(name -> add(text, name));
        add(text, tunnel.reasonDetail());
        add(text, tunnel.outcome().detail());
        return text.toString();
    }

    private static void add(StringBuilder text, String part) {
        text.append(part, 0, Math.min(part.length(), MAX_PART)).append('\n');
    }

    private static void add(StringBuilder text, HeaderList headers) {
        int end = text.length() + MAX_PART;
        for (Header header : headers) {
            if (text.length() + header.name().length() + header.value().length() > end) {
                return;
            }
            text.append(header.name()).append(": ").append(header.value()).append('\n');
        }
    }

    private static void add(StringBuilder text, CapturedBody body) {
        if (body.capturedSize() == 0 || isBinary(body)) {
            return;
        }
        byte[] start;
        try (InputStream in = body.openDecoded(CapturedBody.MAX_DECODED_BYTES)) {
            start = in.readNBytes(MAX_BODY);
        } catch (ContentDecodingException | IOException | UncheckedIOException e) {
            return; // What cannot be decoded has no words; the exchange itself is kept.
        }
        Charset charset = charset(body);
        boolean isUnicode = charset.name().startsWith("UTF-");
        for (int i = 0; i < start.length; i++) {
            if (start[i] == BINARY_BYTE && !isUnicode) {
                return;
            }
        }
        text.append(new String(start, charset)).append('\n');
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
