package io.github.captureproxy.examples.benchmark;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;

/** What a client says again and again on a connection, and how much it hears each time. */
interface Dialogue {
    /** A connection on which the dialogue can begin; blocking. */
    Link open(Route route) throws IOException;

    /** The bytes of one request on that route. */
    ByteBuffer request(Route route);

    /** How many bytes the answer has, its head not counted. */
    long answerBytes();

    /** True if the answer begins with the head of an HTTP response. */
    boolean hasHead();

    /** True if it goes on inside TLS. */
    default boolean isSecure() {
        return false;
    }

    /** Room to read into, of the kind that costs least. */
    default ByteBuffer room(int bytes) {
        return isSecure() ? ByteBuffer.allocate(bytes) : ByteBuffer.allocateDirect(bytes);
    }

    /** Asks once, and takes the whole answer, on a connection that blocks. */
    default void exchange(Link link, ByteBuffer request, ByteBuffer room) throws IOException {
        AnswerReader reader = new AnswerReader(this);
        link.write(request.rewind());
        do {
            if (link.read(room.clear()) < 0) {
                throw new IOException("the connection ended before the answer did");
            }
        } while (!reader.take(room.flip()));
    }

    /** GETs over HTTP/1.1 for a body of this size. */
    static Dialogue gets(int bodyBytes) {
        return gets(bodyBytes, "/" + bodyBytes);
    }

    /** The same for bodies that all differ, at their beginning. */
    static Dialogue getsOfNew(int bodyBytes) {
        return gets(bodyBytes, "/" + bodyBytes + "/new");
    }

    private static Dialogue gets(int bodyBytes, String path) {
        return new Dialogue() {
            @Override
            public Link open(Route route) throws IOException {
                return Link.plain(route.open());
            }

            @Override
            public ByteBuffer request(Route route) {
                return direct(route.request("GET", path, "").getBytes(StandardCharsets.ISO_8859_1));
            }

            @Override
            public long answerBytes() {
                return bodyBytes;
            }

            @Override
            public boolean hasHead() {
                return true;
            }
        };
    }

    /** The same inside TLS, in a CONNECT tunnel where there is a proxy. */
    static Dialogue secureGets(String host, int bodyBytes) {
        return new Dialogue() {
            @Override
            public Link open(Route route) throws IOException {
                return route.openSecure(host);
            }

            @Override
            public ByteBuffer request(Route route) {
                return ByteBuffer.wrap(
                        route.requestInside(host, "/" + bodyBytes).getBytes(StandardCharsets.ISO_8859_1));
            }

            @Override
            public long answerBytes() {
                return bodyBytes;
            }

            @Override
            public boolean hasHead() {
                return true;
            }

            @Override
            public boolean isSecure() {
                return true;
            }
        };
    }

    /** Bytes of no known protocol in a CONNECT tunnel: a short question and an answer of this size. */
    static Dialogue tunnelled(int answerBytes) {
        return new Dialogue() {
            @Override
            public Link open(Route route) throws IOException {
                return Link.plain(route.openTunnel());
            }

            @Override
            public ByteBuffer request(Route route) {
                byte[] question = new byte[OriginConnection.QUESTION_BYTES];
                ByteBuffer.wrap(question).putInt(OriginConnection.QUESTION_SIZE_AT, answerBytes);
                return direct(question);
            }

            @Override
            public long answerBytes() {
                return answerBytes;
            }

            @Override
            public boolean hasHead() {
                return false;
            }
        };
    }

    private static ByteBuffer direct(byte[] bytes) {
        return ByteBuffer.allocateDirect(bytes.length).put(bytes).flip();
    }
}
