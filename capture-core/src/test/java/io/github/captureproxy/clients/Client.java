package io.github.captureproxy.clients;

/** A library that is told to use the proxy, reduced to what the tests do with it. */
interface Client extends AutoCloseable {
    /**
     * Sends a request and waits for the response.
     *
     * @throws Exception if the library fails
     */
    Answer send(Call call) throws Exception;

    @Override
    void close() throws Exception;

    /**
     * A request.
     *
     * @param method the method
     * @param url the URL
     * @param body the body; empty for none
     * @param chunked true to send the body without its length
     */
    record Call(String method, String url, byte[] body, boolean chunked) {
        static Call get(String url) {
            return new Call("GET", url, new byte[0], false);
        }

        static Call post(String url, byte[] body) {
            return new Call("POST", url, body, false);
        }

        static Call chunked(String url, byte[] body) {
            return new Call("POST", url, body, true);
        }
    }

    /**
     * A response.
     *
     * @param status the status code
     * @param body the body as the library gives it: some undo gzip by themselves
     */
    record Answer(int status, byte[] body) {}
}
