package io.github.captureproxy.internal.wire;

/**
 * Thrown for a message that must be refused.
 *
 * <p>It carries no stack trace: a peer decides how often it is thrown, and the message says all there is to know. The
 * connection that the message came from cannot be read any further, since its framing is in doubt.
 */
public final class MalformedMessageException extends Exception {

    private static final long serialVersionUID = 1L;

    /** The status that the client gets for a request. */
    private final int status;

    private final String problem;

    /**
     * Makes one.
     *
     * @param status what a client is to be answered for such a request: 400, 431, 501 or 505
     * @param message what was wrong, in a few words that hold nothing of the message's content
     */
    public MalformedMessageException(int status, String message) {
        super(message, null, false, false);
        this.status = status;
        this.problem = message;
    }

    /**
     * Makes one for plain bad syntax, status 400.
     *
     * @param message what was wrong
     * @return the exception, to be thrown
     */
    static MalformedMessageException badSyntax(String message) {
        return new MalformedMessageException(400, message);
    }

    /**
     * What was wrong.
     *
     * @return the message, which holds nothing of the refused content
     */
    public String problem() {
        return problem;
    }

    /**
     * What a client gets for such a request. For a response from an origin it has no meaning: there a client gets 502.
     *
     * @return 400, 431, 501 or 505
     */
    public int status() {
        return status;
    }
}
