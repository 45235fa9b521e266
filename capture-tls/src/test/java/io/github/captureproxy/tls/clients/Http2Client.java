package io.github.captureproxy.tls.clients;

import java.util.List;

/** A client that somebody else wrote and that speaks HTTP/2. */
interface Http2Client {
    /** Tells if it is there. */
    boolean isInstalled();

    /** Makes one that sends through a proxy. */
    Session through(Http2Rig rig) throws Exception;

    /** A client with its connections. */
    interface Session extends AutoCloseable {
        /** Sends a request, and returns when its response is whole. */
        Answer send(Ask ask) throws Exception;

        /** Sends requests side by side, on one connection; in their order, what came of them. */
        List<Answer> sendAll(List<Ask> asks) throws Exception;
    }

    /** A request. */
    record Ask(String method, String url, byte[] body) {
        static Ask get(String path) {
            return of("GET", path);
        }

        static Ask of(String method, String path) {
            return new Ask(method, Http2Rig.url(path), new byte[0]);
        }

        static Ask post(String path, byte[] body) {
            return new Ask("POST", Http2Rig.url(path), body);
        }
    }

    /**
     * A response.
     *
     * @param version what the client itself says that it spoke: 1.1 or 2
     */
    record Answer(String version, int status, byte[] body) {}
}
