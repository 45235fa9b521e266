package io.github.captureproxy.engine;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static org.assertj.core.api.Assertions.assertThat;

import io.github.captureproxy.testkit.RawSocket;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.util.zip.Deflater;

/** Handshakes and frames of WebSocket (RFC 6455), written by hand. */
final class WebSocketRig {
    static final int TEXT = 0x81;
    static final int TEXT_BEGINS = 0x01;
    static final int BINARY = 0x82;
    static final int GOES_ON = 0x00;
    static final int LAST = 0x80;
    static final int CLOSE = 0x88;
    static final int PING = 0x89;
    static final int PONG = 0x8a;
    static final int DEFLATED = 0x40;

    static final String CLOSE_1000 = "\u0003\u00e8";

    private static final String SWITCH = "Upgrade: websocket\r\nConnection: Upgrade\r\n";
    private static final String KEY = "Sec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==\r\nSec-WebSocket-Version: 13\r\n";
    private static final String ACCEPT = "Sec-WebSocket-Accept: s3pPLMBiTxaQ9kYGzzhZRbK+xOo=\r\n";

    private static final int MASK = 0x11223344;

    private WebSocketRig() {}

    /** The fields of a request, behind Host. */
    static String request(String target, String host, String extensions) {
        return "GET " + target + " HTTP/1.1\r\nHost: " + host + "\r\n" + SWITCH + KEY + extensions(extensions) + "\r\n";
    }

    static String response(String extensions) {
        return "HTTP/1.1 101 Switching Protocols\r\n" + SWITCH + ACCEPT + extensions(extensions) + "\r\n";
    }

    private static String extensions(String extensions) {
        return extensions.isEmpty() ? "" : "Sec-WebSocket-Extensions: " + extensions + "\r\n";
    }

    /** Opens a WebSocket by a plain proxied request. */
    static TunnelRig.Ends open(TunnelRig rig, String extensions) throws IOException {
        String authority = rig.origin.authority();
        RawSocket client = rig.client().send(request("http://" + authority + "/chat", authority, extensions));
        RawSocket server = rig.accept();
        assertThat(server.readHead()).isEqualTo(request("/chat", authority, extensions));
        server.send(response(extensions));
        assertThat(client.readHead()).isEqualTo(response(extensions));
        return new TunnelRig.Ends(client, server);
    }

    /** Passes close frames in both directions. */
    static void close(TunnelRig.Ends ends) throws IOException {
        ends.client().send(masked(CLOSE, CLOSE_1000));
        assertThat(ends.server().read(8)).isEqualTo(masked(CLOSE, CLOSE_1000));
        ends.server().send(frame(CLOSE, CLOSE_1000));
        assertThat(ends.client().read(4)).isEqualTo(frame(CLOSE, CLOSE_1000));
    }

    /** A frame as a server sends it. */
    static String frame(int first, String payload) {
        return header(first, payload.length(), 0) + payload;
    }

    /** A frame as a client sends it. */
    static String masked(int first, String payload) {
        StringBuilder out = new StringBuilder(header(first, payload.length(), 0x80));
        for (int shift = 24; shift >= 0; shift -= 8) {
            out.append((char) (MASK >>> shift & 0xff));
        }
        for (int i = 0; i < payload.length(); i++) {
            out.append((char) ((payload.charAt(i) ^ MASK >>> 24 - 8 * (i % 4)) & 0xff));
        }
        return out.toString();
    }

    private static String header(int first, int length, int maskBit) {
        StringBuilder out = new StringBuilder().append((char) first);
        if (length < 126) {
            out.append((char) (maskBit | length));
        } else if (length < 1 << 16) {
            out.append((char) (maskBit | 126)).append((char) (length >> 8)).append((char) (length & 0xff));
        } else {
            out.append((char) (maskBit | 127));
            for (int shift = 56; shift >= 0; shift -= 8) {
                out.append((char) ((long) length >>> shift & 0xff));
            }
        }
        return out.toString();
    }

    /** A message as permessage-deflate has it (RFC 7692 section 7.2.1); the deflater is the context that goes on. */
    static String deflated(Deflater deflater, String text) {
        deflater.setInput(text.getBytes(ISO_8859_1));
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        byte[] piece = new byte[4096];
        int count;
        do {
            count = deflater.deflate(piece, 0, piece.length, Deflater.SYNC_FLUSH);
            out.write(piece, 0, count);
        } while (count == piece.length);
        return out.toString(ISO_8859_1).substring(0, out.size() - 4);
    }
}
