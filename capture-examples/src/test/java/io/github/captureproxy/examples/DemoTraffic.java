package io.github.captureproxy.examples;

import static java.net.http.HttpRequest.BodyPublishers.ofByteArray;
import static java.net.http.HttpRequest.BodyPublishers.ofString;

import java.net.InetSocketAddress;
import java.net.ProxySelector;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.net.http.WebSocket;
import java.util.List;

/** A client that calls the {@link DemoOrigin} through the proxy. */
@SuppressWarnings("StringConcatToTextBlock") // lines end as on the wire
final class DemoTraffic {
    private final HttpClient client;

    /** The JDK's client may open a WebSocket on an idle connection to the proxy, as if that were the origin. */
    private final HttpClient webSockets;

    private final DemoOrigin origin;

    DemoTraffic(InetSocketAddress proxy, DemoOrigin origin) {
        this.origin = origin;
        this.client = client(proxy);
        this.webSockets = client(proxy);
    }

    private static HttpClient client(InetSocketAddress proxy) {
        return HttpClient.newBuilder()
                .proxy(ProxySelector.of(proxy))
                .version(HttpClient.Version.HTTP_1_1)
                .followRedirects(HttpClient.Redirect.NORMAL)
                .build();
    }

    /** One call of each kind that ends. */
    void calls() throws Exception {
        for (String path : List.of(
                "/api/items?page=2&q=a%20b&next=%3Cscript%3E",
                "/page.html",
                "/feed.xml",
                "/picture.png",
                "/style.css",
                "/missing",
                "/broken",
                "/bytes",
                "/invalid.txt",
                "/old",
                "/plain?" + "x".repeat(300))) {
            send(request(path));
        }
        send(request("/api/orders")
                .header("Content-Type", "application/json")
                .header("Authorization", "Bearer t0ken")
                .POST(ofString("{\"sku\":7,\"gift\":true}")));
        send(request("/form")
                .header("Content-Type", "application/x-www-form-urlencoded")
                .POST(ofString("name=Zo%C3%AB&password=s3cret&note=" + "%3Cb%3E")));
        send(request("/upload")
                .header("Content-Type", "multipart/form-data; boundary=x")
                .POST(ofString("--x\r\nContent-Disposition: form-data; name=\"file\"; filename=\"<script>.txt\"\r\n"
                        + "Content-Type: text/plain\r\n\r\nin the file\r\n--x--\r\n")));
        send(request("/shop.Orders/Create")
                .header("Content-Type", "application/grpc")
                .POST(ofByteArray(new byte[] {0, 0, 0, 0, 2, 8, 7})));
    }

    /** A call that goes on until the origin ends. */
    void events() {
        var unused = client.sendAsync(request("/events").build(), BodyHandlers.discarding());
    }

    /** A WebSocket that has said something, and is open. */
    WebSocket webSocket(String name) throws Exception {
        WebSocket socket = webSockets
                .newWebSocketBuilder()
                .buildAsync(URI.create(origin.webSocketUrl(name)), new WebSocket.Listener() {})
                .get();
        socket.sendText("{\"say\":\"hello\"}", true).get();
        return socket;
    }

    HttpRequest.Builder request(String path) {
        return HttpRequest.newBuilder(URI.create(origin.url(path))).header("Accept-Encoding", "gzip");
    }

    void send(HttpRequest.Builder request) throws Exception {
        client.send(request.build(), BodyHandlers.ofByteArray());
    }
}
