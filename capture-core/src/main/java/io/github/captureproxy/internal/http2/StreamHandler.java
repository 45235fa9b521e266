package io.github.captureproxy.internal.http2;

import io.github.captureproxy.internal.wire.Fields;
import io.github.captureproxy.internal.wire.MalformedMessageException;
import io.github.captureproxy.internal.wire.RequestHead;
import io.github.captureproxy.internal.wire.ResponseHead;
import java.nio.ByteBuffer;

/** What a stream tells its owner. All calls come on the connection's worker thread. */
public interface StreamHandler {
    /**
     * Bytes of the message's content.
     *
     * @param buffer holds them for the time of the call; at least nine bytes before them may be written to
     * @param from the first one's index
     * @param to behind the last one
     * @param ended true if the peer has ended its side of the stream with them
     */
    void data(ByteBuffer buffer, int from, int to, boolean ended);

    /**
     * The peer has ended its side of the stream with a trailer section.
     *
     * @param trailers its fields
     */
    void trailers(Fields trailers);

    /**
     * The stream has been reset, or its connection is gone: it is over.
     *
     * @param reset how
     */
    void reset(Reset reset);

    /** All that was kept back has been written. */
    void drained();

    /** The stream's deadline has passed; it is cleared before the call. */
    void deadlinePassed();

    /**
     * How a stream was ended before its time.
     *
     * @param code the error code (RFC 9113 section 7)
     * @param by who ended it
     * @param problem what is wrong in words; empty if the code says all
     */
    record Reset(long code, By by, String problem) {
        /** The peer has not looked at the request, which can be sent again (RFC 9113 section 8.7). */
        public boolean isUnprocessed() {
            return code == ErrorCode.REFUSED_STREAM && by != By.HERE;
        }
    }

    /** Who ended a stream. */
    enum By {
        /** The peer, by RST_STREAM or GOAWAY. */
        PEER,
        /** This side, because the peer broke a rule. */
        HERE,
        /** Nobody: the connection is gone. */
        CONNECTION
    }

    /** The owner of a stream that a client has opened. */
    interface OfServer extends StreamHandler {
        /**
         * The request's head has come in.
         *
         * @param head the head
         * @param ended true if there is no content
         * @param priority what the HEADERS frame says of it
         */
        void request(RequestHead head, boolean ended, Priority priority);

        /**
         * The request is malformed, and the stream is reset next; or its fields are larger than the limit, and it is to
         * be answered.
         *
         * @param problem what is wrong
         * @param method the method, as far as it can be told
         * @param target the target, as far as it can be told
         */
        void refused(MalformedMessageException problem, String method, String target);

        /**
         * The client has more streams open than it may have, and the stream is reset next.
         *
         * @param method the method, as far as it can be told
         * @param target the target, as far as it can be told
         */
        void overLimit(String method, String target);
    }

    /** The owner of a stream that was opened to a server. */
    interface OfClient extends StreamHandler {
        /**
         * An interim response.
         *
         * @param head its head
         */
        void informational(ResponseHead head);

        /**
         * The final response's head.
         *
         * @param head the head
         * @param ended true if the stream has ended with it
         * @throws MalformedMessageException if it must be refused
         */
        void response(ResponseHead head, boolean ended) throws MalformedMessageException;
    }

    /**
     * The deprecated priority of RFC 7540 section 5.3.
     *
     * @param isGiven false if the frame says nothing
     * @param exclusive whether the dependency is exclusive
     * @param dependency the stream that it depends on
     * @param weight 1 to 256
     */
    record Priority(boolean isGiven, boolean exclusive, int dependency, int weight) {
        /** Nothing was said. */
        public static final Priority NONE = new Priority(false, false, 0, 16);
    }
}
