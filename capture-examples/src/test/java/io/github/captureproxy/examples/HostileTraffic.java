package io.github.captureproxy.examples;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static org.assertj.core.api.Assertions.assertThat;

import io.github.captureproxy.testkit.RawOrigin;
import io.github.captureproxy.testkit.RawSocket;
import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.net.InetSocketAddress;
import java.net.SocketException;
import java.util.concurrent.CompletableFuture;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/** Sends through the proxy what no well-behaved client or origin sends, one character a byte. */
final class HostileTraffic implements AutoCloseable {
    private final InetSocketAddress proxy;
    private final RawOrigin origin;

    HostileTraffic(InetSocketAddress proxy) throws IOException {
        this.proxy = proxy;
        this.origin = new RawOrigin();
    }

    /** A request, and an answer that ends its connection. */
    void pass(String target, String fields, String answer) throws Exception {
        try (RawSocket client = asked("GET", target, fields, "");
                RawSocket server = origin.accept()) {
            server.readHead();
            answer(client, server, answer, 1);
        }
    }

    /** An answer that the proxy refuses, which it need not read to its end for that. */
    void refusedAnswer(String target, String answer) throws Exception {
        try (RawSocket client = asked("GET", target, "", "");
                RawSocket server = origin.accept()) {
            server.readHead();
            try {
                server.send(answer);
            } catch (SocketException e) {
                assertThat(e).hasMessageMatching("(Connection reset|Broken pipe).*");
            }
            client.readToAnyEnd();
        }
    }

    /** An answer with a body. */
    void answer(String target, String fields, String body) throws Exception {
        pass(target, "", "HTTP/1.1 200 OK\r\n" + fields + "Content-Length: " + body.length() + "\r\n\r\n" + body);
    }

    /** A request with a body. */
    void post(String target, String fields, String body) throws Exception {
        String length = "Content-Length: " + body.length() + "\r\n";
        try (RawSocket client = asked("POST", target, fields + length, body);
                RawSocket server = origin.accept()) {
            server.readHead();
            server.read(body.length());
            answer(client, server, "HTTP/1.1 204 No Content\r\n\r\n", 1);
        }
    }

    /** An answer whose body is a block many times over. */
    void answerAtLength(String target, byte[] block, int times) throws Exception {
        try (RawSocket client = asked("GET", target, "", "");
                RawSocket server = origin.accept()) {
            server.readHead();
            server.send("HTTP/1.1 200 OK\r\nContent-Type: text/plain\r\nContent-Length: " + (long) block.length * times
                    + "\r\n\r\n");
            answer(client, server, new String(block, ISO_8859_1), times);
        }
    }

    /** An answer that ends within its body. */
    void cutOff(String target) throws Exception {
        try (RawSocket client = asked("GET", target, "", "");
                RawSocket server = origin.accept()) {
            server.readHead();
            server.send("HTTP/1.1 200 OK\r\nContent-Length: 100\r\n\r\nonly this");
            server.close();
            client.readToAnyEnd();
        }
    }

    /** A request that the proxy refuses; its answer. */
    String refused(String target, String fields) throws IOException {
        try (RawSocket client = asked("GET", target, fields, "")) {
            return client.readToAnyEnd();
        }
    }

    /** So many fields, each with something to be run. */
    static String fields(int count) {
        return IntStream.range(0, count)
                .mapToObj(number -> "X-" + number + ": " + DemoOrigin.SCRIPT + "\r\n")
                .collect(Collectors.joining());
    }

    private RawSocket asked(String method, String target, String fields, String body) throws IOException {
        return RawSocket.connect(proxy)
                .send(method + " http://" + origin.authority() + target + " HTTP/1.1\r\nHost: " + origin.authority()
                        + "\r\nConnection: close\r\n" + fields + "\r\n" + body);
    }

    /** Reads at one end while the other one sends. */
    private static void answer(RawSocket client, RawSocket server, String answer, int times) throws Exception {
        CompletableFuture<Void> read = CompletableFuture.runAsync(() -> drain(client));
        byte[] bytes = answer.getBytes(ISO_8859_1);
        for (int i = 0; i < times; i++) {
            server.send(bytes);
        }
        server.close();
        read.get();
    }

    private static void drain(RawSocket client) {
        try {
            client.socket().getInputStream().transferTo(OutputStream.nullOutputStream());
        } catch (IOException e) {
            throw new UncheckedIOException("reading the answer", e);
        }
    }

    @Override
    public void close() throws IOException {
        origin.close();
    }
}
