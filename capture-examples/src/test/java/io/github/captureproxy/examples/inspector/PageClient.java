package io.github.captureproxy.examples.inspector;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.URI;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Calls the page's server over a socket of its own, with any header fields, as no well-behaved client lets one. */
final class PageClient {
    private static final Pattern KEY = Pattern.compile("\"key\":\"([^\"]+)\"");

    private final InetSocketAddress server;
    private final String key;

    /** An answer as it came. */
    record Answer(int status, String head, String body) {}

    private PageClient(InetSocketAddress server, String key) {
        this.server = server;
        this.key = key;
    }

    /** A client without a key. */
    static PageClient stranger(InetSocketAddress server) {
        return new PageClient(server, "");
    }

    /** One that opens the page by a link. */
    static PageClient open(URI link) throws IOException {
        PageClient stranger = stranger(new InetSocketAddress(link.getHost(), link.getPort()));
        Answer answer = stranger.post("/api/key", "", "Authorization: Bearer " + link.getFragment());
        Matcher matcher = KEY.matcher(answer.body());
        if (!matcher.find()) {
            throw new IllegalStateException(answer.status() + " " + answer.body());
        }
        return new PageClient(stranger.server, matcher.group(1));
    }

    /** What lets it in. */
    String key() {
        return key;
    }

    Answer get(String path, String... fields) throws IOException {
        return send("GET", path, "", fields);
    }

    Answer post(String path, String body, String... fields) throws IOException {
        return send("POST", path, body, fields);
    }

    /** Sends a request; a {@code Host} among the fields takes the place of the right one. */
    Answer send(String method, String path, String body, String... fields) throws IOException {
        List<String> lines = new ArrayList<>(List.of(method + " " + path + " HTTP/1.1"));
        if (!String.join("\n", fields).startsWith("Host:")) {
            lines.add("Host: 127.0.0.1:" + server.getPort());
        }
        if (!key.isEmpty()) {
            lines.add("Authorization: Bearer " + key);
        }
        lines.addAll(List.of(fields));
        lines.add("Content-Length: " + body.getBytes(java.nio.charset.StandardCharsets.UTF_8).length);
        lines.add("Connection: close");
        try (Socket socket = new Socket(server.getAddress(), server.getPort())) {
            socket.setSoTimeout(30_000);
            socket.getOutputStream()
                    .write((String.join("\r\n", lines) + "\r\n\r\n" + body)
                            .getBytes(java.nio.charset.StandardCharsets.UTF_8));
            return answer(new String(socket.getInputStream().readAllBytes(), ISO_8859_1));
        }
    }

    private static Answer answer(String text) {
        int end = text.indexOf("\r\n\r\n");
        String head = text.substring(0, end);
        String body = new String(text.substring(end + 4).getBytes(ISO_8859_1), java.nio.charset.StandardCharsets.UTF_8);
        boolean chunked = head.toLowerCase(java.util.Locale.ROOT).contains("transfer-encoding: chunked");
        return new Answer(Integer.parseInt(head.substring(9, 12)), head, chunked ? joined(body) : body);
    }

    private static String joined(String chunks) {
        byte[] bytes = chunks.getBytes(java.nio.charset.StandardCharsets.UTF_8);
        java.io.ByteArrayOutputStream out = new java.io.ByteArrayOutputStream();
        int at = 0;
        while (at < bytes.length) {
            int line = at;
            while (bytes[line] != '\r') {
                line++;
            }
            int size = Integer.parseInt(new String(bytes, at, line - at, ISO_8859_1), 16);
            out.write(bytes, line + 2, size);
            at = line + 2 + size + 2;
        }
        return out.toString(java.nio.charset.StandardCharsets.UTF_8);
    }
}
