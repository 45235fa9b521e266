package io.github.captureproxy.testkit.hops;

import java.io.IOException;

/** An exchange at the origin's end. */
public interface OriginExchange extends Half {
    /** What it was asked for. */
    TestRequest request();

    /** Sends an interim response. */
    void interim(TestResponse head) throws IOException;

    /** Sends the final response's head, behind which there is content of the length that it says, or of any. */
    void respond(TestResponse head) throws IOException;

    /** Sends a final response without content. */
    void respondEmpty(TestResponse head) throws IOException;

    /** Sends a final response without content, whose end is a frame of its own where there are frames. */
    default void respondEmptyInTwo(TestResponse head) throws IOException {
        respondEmpty(head);
    }

    /** Sends what is no response. */
    void garble() throws IOException;

    /** Takes no more exchanges on this one's connection; this one was the last that counts. */
    void goAway() throws IOException;

    /** The number of the connection that it came on, from 1. */
    int connection();
}
