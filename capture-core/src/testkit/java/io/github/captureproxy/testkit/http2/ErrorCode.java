package io.github.captureproxy.testkit.http2;

/** The error codes of RFC 9113, section 7, in the order of their numbers from zero. */
public enum ErrorCode {
    /** 0. */
    NO_ERROR,
    /** 1. */
    PROTOCOL_ERROR,
    /** 2. */
    INTERNAL_ERROR,
    /** 3. */
    FLOW_CONTROL_ERROR,
    /** 4. */
    SETTINGS_TIMEOUT,
    /** 5. */
    STREAM_CLOSED,
    /** 6. */
    FRAME_SIZE_ERROR,
    /** 7. */
    REFUSED_STREAM,
    /** 8. */
    CANCEL,
    /** 9. */
    COMPRESSION_ERROR,
    /** 10. */
    CONNECT_ERROR,
    /** 11. */
    ENHANCE_YOUR_CALM,
    /** 12. */
    INADEQUATE_SECURITY,
    /** 13. */
    HTTP_1_1_REQUIRED;

    /** The number on the wire. */
    public int code() {
        return ordinal();
    }
}
