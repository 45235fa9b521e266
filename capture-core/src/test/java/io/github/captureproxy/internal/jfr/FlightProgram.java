package io.github.captureproxy.internal.jfr;

import io.github.captureproxy.CaptureProxy;
import io.github.captureproxy.history.HistoryLimits;
import io.github.captureproxy.testkit.RawOrigin;
import io.github.captureproxy.testkit.RawSocket;
import io.github.captureproxy.testkit.Script;
import java.io.IOException;
import java.util.Optional;

/** Run in a JVM of its own, as a flight recorder that was started once leaves threads behind. */
final class FlightProgram {
    private FlightProgram() {}

    /** Sends two exchanges, of which History keeps one, and a tunnel through a proxy. */
    public static void main(String[] arguments) throws IOException {
        HistoryLimits limits = new HistoryLimits(1, 1 << 20, Optional.empty(), 1);
        try (RawOrigin origin = new RawOrigin();
                CaptureProxy proxy =
                        CaptureProxy.builder().port(0).history(limits).start()) {
            Script.run(proxy, origin, Script.get(origin, "/a?key=s3cret"), Script.ok("X-Key: s3cret\r\n", "hi"));
            Script.run(
                    proxy,
                    origin,
                    Script.request(origin, "POST", "/b", "Content-Length: 3\r\n", "abc"),
                    Script.ok("", ""));
            try (RawSocket client = RawSocket.connect(proxy.address())) {
                client.send("CONNECT " + origin.authority() + " HTTP/1.1\r\nHost: x\r\n\r\n");
                try (RawSocket server = origin.accept()) {
                    client.readHead();
                    server.send("220 hello\r\n");
                    client.read(11);
                }
                client.readToEnd();
            }
            System.out.println(
                    proxy.history().counts().added() + " exchanges, " + (isLoaded() ? "with" : "without") + " events");
        }
    }

    private static boolean isLoaded() {
        return ModuleLayer.boot().findModule("jdk.jfr").isPresent();
    }
}
