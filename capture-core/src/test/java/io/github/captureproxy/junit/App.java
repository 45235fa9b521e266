package io.github.captureproxy.junit;

import io.github.captureproxy.CaptureProxy;
import io.github.captureproxy.testkit.RawSocket;
import io.github.captureproxy.testkit.RecordingOrigin;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetSocketAddress;

/** The app under test of the specimens: it calls an origin through a proxy. */
final class App {
    private static volatile RecordingOrigin origin;

    private App() {}

    /** Whom it calls; null for nobody. */
    static void origin(RecordingOrigin value) {
        origin = value;
    }

    static RecordingOrigin origin() {
        return origin;
    }

    /** Calls a path and waits for the answer. */
    static void call(CaptureProxy proxy, String path) {
        call(proxy.address(), path);
    }

    static void call(InetSocketAddress proxy, String path) {
        try (RawSocket socket = RawSocket.connect(proxy)) {
            socket.send("GET " + origin.url(path) + " HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n");
            socket.readToEnd();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Calls a host and waits for the answer. */
    static void callHost(CaptureProxy proxy, String host) {
        try (RawSocket socket = RawSocket.connect(proxy.address())) {
            socket.send("GET http://" + host + "/hello HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n");
            socket.readToEnd();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
