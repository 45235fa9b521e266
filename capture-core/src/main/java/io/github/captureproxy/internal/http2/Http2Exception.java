package io.github.captureproxy.internal.http2;

/**
 * Thrown for what a peer must not do. It carries no stack trace: a peer decides how often it is thrown, and the message
 * says all there is to know.
 */
public final class Http2Exception extends Exception {
    private static final long serialVersionUID = 1L;

    /** The error code. */
    private final int code;

    /** The stream that it is about; 0 for the whole connection. */
    private final int streamId;

    private final String problem;

    private Http2Exception(int code, int streamId, String problem) {
        super(problem, null, false, false);
        this.code = code;
        this.streamId = streamId;
        this.problem = problem;
    }

    /** An error that ends the connection (RFC 9113 section 5.4.1). */
    static Http2Exception connection(int code, String problem) {
        return new Http2Exception(code, 0, problem);
    }

    /** A rule without a code of its own is broken, which ends the connection. */
    static Http2Exception protocol(String problem) {
        return connection(ErrorCode.PROTOCOL_ERROR, problem);
    }

    /** An error that ends one stream (RFC 9113 section 5.4.2). */
    static Http2Exception stream(int streamId, int code, String problem) {
        return new Http2Exception(code, streamId, problem);
    }

    int code() {
        return code;
    }

    int streamId() {
        return streamId;
    }

    String problem() {
        return problem;
    }
}
