package io.github.captureproxy.testkit.http2;

import java.io.IOException;
import java.net.SocketException;

/**
 * Something that a client does, and what it may lead to.
 *
 * @param name the section of RFC 9113 that says so, and what is done
 * @param conversation what the client does, on a connection on which nothing has been sent
 * @param reaction what a server has to do then
 */
public record Http2Case(String name, Conversation conversation, Reaction reaction) {
    /** The path that malformed requests ask for: an origin is never to see such a request whole. */
    public static final String REFUSED = "/refused";

    /** What is asked for last, on a connection that is to live on. */
    public static final String AFTER = "/after";

    /** Sends, and reads where what is sent next depends on it. */
    public interface Conversation {
        /** Runs; what is sent after the server has closed may fail. */
        void run(RawHttp2Client client) throws IOException;
    }

    /** One that begins once both have sent their settings. */
    public static Http2Case of(String name, Conversation conversation, Reaction reaction) {
        return new Http2Case(
                name,
                client -> {
                    client.open();
                    conversation.run(client);
                },
                reaction);
    }

    /** Runs it on a new connection, and fails if the server reacts otherwise, or serves no more although it lives on. */
    public void run(RawHttp2Client client) throws IOException {
        try {
            conversation.run(client);
        } catch (SocketException e) {
            // the server closed while there was more to send: what it said is to be read
        }
        Observed observed = check(client);
        if (!observed.ended() && observed.goAway() < 0 && !reaction.mayClose()) {
            int stream = client.nextStream();
            client.sendGet(stream, AFTER);
            client.awaitEnd(stream);
            if (client.status(stream) != 200) {
                throw new AssertionError(name + ": served no more, as of " + client.fields(stream));
            }
        }
    }

    /** Fails if the reaction that comes now is another. */
    public Observed check(RawHttp2Client client) throws IOException {
        Observed observed = Observed.watch(client, reaction);
        if (!reaction.accepts(observed)) {
            throw new AssertionError(name + ": expected " + reaction + ", but: " + observed);
        }
        return observed;
    }

    @Override
    public String toString() {
        return name;
    }
}
