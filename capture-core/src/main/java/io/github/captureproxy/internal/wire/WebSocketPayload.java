package io.github.captureproxy.internal.wire;

/** A whole WebSocket message, put together from its frames, unmasked and inflated. */
public final class WebSocketPayload {

    private final WebSocketOpcode opcode;
    private final byte[] bytes;
    private final long length;
    private final boolean decoded;

    /** Takes the bytes over. */
    WebSocketPayload(WebSocketOpcode opcode, byte[] bytes, long length, boolean decoded) {
        this.opcode = opcode;
        this.bytes = bytes;
        this.length = length;
        this.decoded = decoded;
    }

    /**
     * What kind of message it is.
     *
     * @return never a continuation
     */
    public WebSocketOpcode opcode() {
        return opcode;
    }

    /**
     * The message, or as much of its beginning as was to be kept.
     *
     * @return the array itself, not a copy: it belongs to whoever got this message
     */
    public byte[] bytes() {
        return bytes;
    }

    /**
     * The true length of the message.
     *
     * @return bytes, after inflating
     */
    public long length() {
        return length;
    }

    /**
     * Whether the message was longer than what was to be kept.
     *
     * @return true if {@link #bytes()} is only its beginning
     */
    public boolean truncated() {
        return bytes.length < length;
    }

    /**
     * Whether the bytes are the message as the application sent it.
     *
     * @return false if an extension is at work that is not known here, so that they may be anything
     */
    public boolean decoded() {
        return decoded;
    }
}
