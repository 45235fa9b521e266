package io.github.captureproxy.examples;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import io.github.captureproxy.testkit.Gzip;
import io.github.captureproxy.testkit.RecordingOrigin;
import java.awt.Color;
import java.awt.Graphics2D;
import java.awt.image.BufferedImage;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.Map;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.LinkedBlockingQueue;
import javax.imageio.ImageIO;

/** An origin with something for every view: JSON, HTML, XML, images, events, WebSockets, errors, and hostile texts. */
final class DemoOrigin implements AutoCloseable {
    /** What must never run. */
    static final String SCRIPT = "<script>top.owned=document.title='owned'</script>";

    private static final String JSON = "{\"id\":9007199254740993,\"name\":\"Zoë “Quote” O'Neil\",\"emoji\":\"🦉\","
            + "\"tags\":[\"a\",\"b\",null,true,1.50],\"nested\":{\"deep\":{\"deeper\":[1,[2,[3]]]}},\"html\":\""
            + SCRIPT + "\"}";

    private record Page(int status, String type, byte[] body) {
        static Page of(int status, String type, String body) {
            return new Page(status, type, body.getBytes(UTF_8));
        }
    }

    private final RecordingOrigin sockets;
    private final HttpServer server;
    private final ExecutorService threads = Executors.newCachedThreadPool();
    private final BlockingQueue<String> events = new LinkedBlockingQueue<>();
    private final Map<String, Page> pages = new ConcurrentHashMap<>();

    private DemoOrigin(RecordingOrigin sockets, HttpServer server) throws IOException {
        this.sockets = sockets;
        this.server = server;
        pages.put("/api/items", Page.of(200, "application/json", JSON));
        pages.put(
                "/api/orders", Page.of(201, "application/json; charset=utf-8", "{\"order\":17,\"state\":\"placed\"}"));
        pages.put(
                "/page.html",
                Page.of(
                        200,
                        "text/html; charset=utf-8",
                        "<!doctype html><h1>A page</h1><p>With text.</p>" + SCRIPT
                                + "<img src=x onerror=\"top.owned=document.title='owned'\">"));
        pages.put(
                "/feed.xml",
                Page.of(
                        200,
                        "application/xml",
                        "<?xml version=\"1.0\"?><feed a='1'><entry>One &amp; two</entry></feed>"));
        pages.put("/picture.png", new Page(200, "image/png", picture()));
        pages.put("/style.css", Page.of(200, "text/css", "body { color: red }"));
        pages.put("/missing", Page.of(404, "text/plain", "no such thing"));
        pages.put("/broken", Page.of(500, "application/json", "{\"error\":\"it broke\""));
        pages.put(
                "/bytes",
                new Page(200, "application/octet-stream", new byte[] {0, 1, 2, (byte) 0xFF, (byte) 0xFE, 'a', 10}));
        pages.put("/invalid.txt", new Page(200, "text/plain; charset=utf-8", new byte[] {'o', 'k', (byte) 0xC3, '(', 'x'
        }));
    }

    static DemoOrigin start() throws IOException {
        HttpServer server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        DemoOrigin origin = new DemoOrigin(RecordingOrigin.start(), server);
        server.setExecutor(origin.threads);
        server.createContext("/", origin::answer);
        server.start();
        return origin;
    }

    String url(String path) {
        return "http://localhost:" + server.getAddress().getPort() + path;
    }

    /** Echoes what a WebSocket says. */
    String webSocketUrl(String name) {
        return "ws://" + sockets.authority() + "/ws?" + name;
    }

    /** Has the stream of events tell one more. */
    void tell(String event) {
        events.add(event);
    }

    private void answer(HttpExchange exchange) throws IOException {
        String path = exchange.getRequestURI().getPath();
        exchange.getRequestBody().readAllBytes();
        if (path.equals("/events")) {
            events(exchange);
            return;
        }
        if (path.equals("/old")) {
            exchange.getResponseHeaders().set("Location", "/page.html");
            exchange.sendResponseHeaders(302, -1);
            exchange.close();
            return;
        }
        if (path.startsWith("/shop.Orders/")) {
            exchange.getResponseHeaders().set("Content-Type", "application/grpc");
            exchange.getResponseHeaders().set("grpc-status", "6");
            exchange.getResponseHeaders().set("grpc-message", "there is one already");
            exchange.sendResponseHeaders(200, -1);
            exchange.close();
            return;
        }
        Page page = pages.getOrDefault(path, Page.of(200, "text/plain", "you asked for " + path));
        exchange.getResponseHeaders().set("Content-Type", page.type());
        exchange.getResponseHeaders().add("Set-Cookie", "session=s3cret-" + path.hashCode() + "; Path=/; HttpOnly");
        exchange.getResponseHeaders().set("X-Note", SCRIPT);
        boolean zip = page.type().startsWith("application/json")
                && String.valueOf(exchange.getRequestHeaders().getFirst("Accept-Encoding"))
                        .contains("gzip");
        byte[] body = zip ? Gzip.of(page.body()) : page.body();
        if (zip) {
            exchange.getResponseHeaders().set("Content-Encoding", "gzip");
        }
        exchange.sendResponseHeaders(page.status(), body.length);
        exchange.getResponseBody().write(body);
        exchange.close();
    }

    /** Two events, and those that it is told of until the origin ends. */
    private void events(HttpExchange exchange) throws IOException {
        exchange.getResponseHeaders().set("Content-Type", "text/event-stream");
        exchange.sendResponseHeaders(200, 0);
        try (OutputStream out = exchange.getResponseBody()) {
            out.write("id: 1\nevent: price\ndata: {\"price\": 17}\n\ndata: two\ndata: lines\n\n".getBytes(UTF_8));
            out.flush();
            for (String event = events.take(); !event.isEmpty(); event = events.take()) {
                out.write(("data: " + event + "\n\n").getBytes(UTF_8));
                out.flush();
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private static byte[] picture() throws IOException {
        BufferedImage image = new BufferedImage(64, 48, BufferedImage.TYPE_INT_RGB);
        Graphics2D pen = image.createGraphics();
        pen.setColor(new Color(0x1f6feb));
        pen.fillRect(0, 0, 64, 48);
        pen.setColor(Color.WHITE);
        pen.fillOval(20, 12, 24, 24);
        pen.dispose();
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        ImageIO.write(image, "png", out);
        return out.toByteArray();
    }

    @Override
    public void close() throws IOException {
        events.add("");
        server.stop(0);
        threads.shutdownNow();
        sockets.close();
    }
}
