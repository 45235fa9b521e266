package io.github.captureproxy.exchange;

/**
 * How many bytes the messages of an exchange had on the wire, as they were received.
 *
 * @param requestHead the request line and header fields with the blank line, from the client
 * @param requestBody the request's body, without chunk framing
 * @param responseHead the status line and header fields with the blank line, from the origin
 * @param responseBody the response's body, without chunk framing, as it was coded
 */
public record WireSizes(long requestHead, long requestBody, long responseHead, long responseBody) {
    /** Nothing was received. */
    public static final WireSizes NONE = new WireSizes(0, 0, 0, 0);
}
