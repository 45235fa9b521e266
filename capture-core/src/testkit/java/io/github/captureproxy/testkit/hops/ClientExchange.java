package io.github.captureproxy.testkit.hops;

import java.io.IOException;

/** An exchange at the client's end. */
public interface ClientExchange extends Half {
    /** The next head of a response, which may be that of an interim one; it is a failure if none comes. */
    TestResponse response() throws IOException;
}
