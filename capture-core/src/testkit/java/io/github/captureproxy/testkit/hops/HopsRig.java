package io.github.captureproxy.testkit.hops;

import io.github.captureproxy.CaptureProxy;
import java.io.IOException;
import java.util.ArrayDeque;
import java.util.Deque;

/** A proxy between a client and an origin. */
public final class HopsRig implements AutoCloseable {
    private final CaptureProxy proxy;
    private final TestOrigin origin;
    private final String authority;
    private final Dial dial;
    private final Deque<AutoCloseable> open = new ArrayDeque<>();

    /** How a client begins. */
    public interface Dial {
        /** Makes a connection on which a request can be sent. */
        TestClient connect() throws IOException;
    }

    /** With the origin's authority in requests, and what is closed in the end, the last first, behind the clients. */
    public HopsRig(CaptureProxy proxy, TestOrigin origin, String authority, Dial dial, AutoCloseable... others) {
        this.proxy = proxy;
        this.origin = origin;
        this.authority = authority;
        this.dial = dial;
        for (AutoCloseable other : others) {
            open.push(other);
        }
    }

    public CaptureProxy proxy() {
        return proxy;
    }

    public TestOrigin origin() {
        return origin;
    }

    /** The origin's authority in requests. */
    public String authority() {
        return authority;
    }

    /** A new connection. */
    public TestClient client() throws IOException {
        TestClient made = dial.connect();
        open.push(made);
        return made;
    }

    @Override
    public void close() throws Exception {
        while (!open.isEmpty()) {
            open.pop().close();
        }
    }
}
