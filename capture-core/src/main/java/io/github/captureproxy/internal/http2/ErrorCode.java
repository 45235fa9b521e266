package io.github.captureproxy.internal.http2;

/** The error codes of RFC 9113 section 7. */
public final class ErrorCode {
    /** The end is no error. */
    public static final int NO_ERROR = 0x0;

    /** The peer broke a rule that has no code of its own. */
    public static final int PROTOCOL_ERROR = 0x1;

    /** An error on this side. */
    public static final int INTERNAL_ERROR = 0x2;

    /** The peer sent more than its window allowed. */
    public static final int FLOW_CONTROL_ERROR = 0x3;

    /** A frame came for a stream that had been ended. */
    public static final int STREAM_CLOSED = 0x5;

    /** A frame has a size that it must not have. */
    public static final int FRAME_SIZE_ERROR = 0x6;

    /** The stream was not processed at all, and may be tried again. */
    public static final int REFUSED_STREAM = 0x7;

    /** The stream is not needed any longer. */
    public static final int CANCEL = 0x8;

    /** A field section cannot be decoded. */
    public static final int COMPRESSION_ERROR = 0x9;

    /** The peer behaves in a way that might overload this side. */
    public static final int ENHANCE_YOUR_CALM = 0xb;

    private ErrorCode() {}
}
