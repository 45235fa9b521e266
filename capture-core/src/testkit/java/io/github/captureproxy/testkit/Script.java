package io.github.captureproxy.testkit;

import io.github.captureproxy.CaptureProxy;
import java.io.IOException;

/** One exchange over connections of its own, byte for byte on both sides. */
public final class Script {
    private Script() {}

    /** A GET for a path of an origin, after which the connection closes. */
    public static String get(RawOrigin origin, String path) {
        return request(origin, "GET", path, "", "");
    }

    /** A request with fields, each with its CRLF, and a body as it is on the wire. */
    public static String request(RawOrigin origin, String method, String path, String fields, String body) {
        return method + " http://" + origin.authority() + path + " HTTP/1.1\r\nHost: " + origin.authority()
                + "\r\nConnection: close\r\n" + fields + "\r\n" + body;
    }

    /** A response with a body of known length. */
    public static String ok(String fields, String body) {
        return "HTTP/1.1 200 OK\r\n" + fields + "Content-Length: " + body.length() + "\r\n\r\n" + body;
    }

    /** Sends a request, has the origin read and answer it, and returns what the client got until the end. */
    public static String run(CaptureProxy proxy, RawOrigin origin, String request, String response) throws IOException {
        try (RawSocket client = RawSocket.connect(proxy.address())) {
            client.send(request);
            try (RawSocket server = origin.accept()) {
                server.readHead();
                server.read(request.length() - request.indexOf("\r\n\r\n") - 4);
                server.send(response);
            }
            return client.readToEnd();
        }
    }
}
