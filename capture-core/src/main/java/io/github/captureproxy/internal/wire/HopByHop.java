package io.github.captureproxy.internal.wire;

import java.util.Arrays;

/**
 * Which fields of a message stay behind at a proxy (RFC 9110 7.6.1).
 *
 * <p>Dropped in both directions: Connection and the fields that it nominates, Proxy-Connection, Keep-Alive, TE, Upgrade,
 * HTTP2-Settings, Proxy-Authorization, and Transfer-Encoding, which is made anew. Not dropped: Trailer, which tells of
 * the body as it is relayed; Proxy-Authenticate and Proxy-Authentication-Info, which the caller drops where it answers
 * an upstream proxy itself. Host and Content-Length stay even if they are nominated: a client must not be able to take
 * routing or framing away.
 *
 * <p>Immutable. Messages that nominate nothing unusual share their instances.
 */
public final class HopByHop {

    /** The most names that Connection may nominate. Each is compared with each field, so their number has to end. */
    public static final int MAX_NOMINATED = 100;

    private static final int CLOSE = 1;
    private static final int KEEP_ALIVE = 2;
    private static final int UPGRADE = 4;
    private static final int TE_TRAILERS = 8;

    private static final int[] NOTHING = {};

    private static final HopByHop[] SHARED = shared();

    /** A message without Connection. */
    public static final HopByHop NONE = SHARED[0];

    private final int options;
    private final byte[] bytes;
    private final int[] nominated;

    private HopByHop(int options, byte[] bytes, int[] nominated) {
        this.options = options;
        this.bytes = bytes;
        this.nominated = nominated;
    }

    private static HopByHop[] shared() {
        HopByHop[] all = new HopByHop[16];
        Arrays.setAll(all, options -> new HopByHop(options, new byte[0], NOTHING));
        return all;
    }

    /**
     * Reads Connection and TE of a head.
     *
     * @param fields the head's fields
     * @return what stays behind
     * @throws MalformedMessageException 431 if more than {@link #MAX_NOMINATED} names are nominated
     */
    public static HopByHop of(Fields fields) throws MalformedMessageException {
        if (!fields.has(FieldName.CONNECTION) && !fields.has(FieldName.TE)) {
            return NONE;
        }
        Reader reader = new Reader(fields.bytes());
        for (int i = fields.indexOf(FieldName.CONNECTION); i >= 0; i = fields.indexOf(FieldName.CONNECTION, i + 1)) {
            reader.connection(fields.valueStart(i), fields.valueEnd(i));
        }
        for (int i = fields.indexOf(FieldName.TE); i >= 0; i = fields.indexOf(FieldName.TE, i + 1)) {
            reader.te(fields.valueStart(i), fields.valueEnd(i));
        }
        return reader.result();
    }

    /**
     * Whether a field stays behind. It may be a field of the head, or of the trailers of the same message.
     *
     * @param fields the fields
     * @param i the line, from 0
     * @return true if it must not be sent on
     */
    public boolean drops(Fields fields, int i) {
        FieldName known = fields.known(i);
        if (known.isHopByHop()) {
            return true;
        }
        return nominated.length > 0
                && known != FieldName.HOST
                && known != FieldName.CONTENT_LENGTH
                && isNominated(fields.bytes(), fields.nameStart(i), fields.nameEnd(i));
    }

    private boolean isNominated(byte[] name, int from, int to) {
        for (int n = 0; n < nominated.length; n += 2) {
            int length = nominated[n + 1] - nominated[n];
            if (length == to - from && Ascii.equalsIgnoreCase(name, from, bytes, nominated[n], length)) {
                return true;
            }
        }
        return false;
    }

    /**
     * Whether Connection says {@code close}.
     *
     * @return true if the sender ends the connection after this message's exchange
     */
    public boolean close() {
        return (options & CLOSE) != 0;
    }

    /**
     * Whether Connection says {@code keep-alive}, which only tells something new in HTTP/1.0.
     *
     * @return true if it does
     */
    public boolean keepAlive() {
        return (options & KEEP_ALIVE) != 0;
    }

    /**
     * Whether Connection says {@code upgrade}, without which an Upgrade field is to be ignored (RFC 9110 7.8).
     *
     * @return true if it does
     */
    public boolean upgrade() {
        return (options & UPGRADE) != 0;
    }

    /**
     * Whether TE says {@code trailers}: the sender is willing to get trailer fields (RFC 9110 10.1.4).
     *
     * @return true if it does
     */
    public boolean teTrailers() {
        return (options & TE_TRAILERS) != 0;
    }

    /** Splits the lists; members that are no tokens, or empty, nominate nothing. */
    private static final class Reader {

        private final byte[] bytes;
        private int options;
        private int[] nominated = NOTHING;

        Reader(byte[] bytes) {
            this.bytes = bytes;
        }

        void connection(int from, int to) throws MalformedMessageException {
            for (int at = from; at < to; at = memberEnd(at, to) + 1) {
                int start = Ascii.skipBlank(bytes, at, to);
                int end = Ascii.trimEnd(bytes, start, Math.max(start, memberEnd(at, to)));
                if (start < end) {
                    option(start, end);
                }
            }
        }

        private void option(int start, int end) throws MalformedMessageException {
            int option = optionOf(start, end);
            options |= option;
            if (option == 0 && !FieldName.of(bytes, start, end).isHopByHop()) {
                if (nominated.length == 2 * MAX_NOMINATED) {
                    throw new MalformedMessageException(431, "more than " + MAX_NOMINATED + " names in Connection");
                }
                nominated = Arrays.copyOf(nominated, nominated.length + 2);
                nominated[nominated.length - 2] = start;
                nominated[nominated.length - 1] = end;
            }
        }

        private int optionOf(int start, int end) {
            if (Ascii.equalsIgnoreCase(bytes, start, end, "close")) {
                return CLOSE;
            }
            if (Ascii.equalsIgnoreCase(bytes, start, end, "keep-alive")) {
                return KEEP_ALIVE;
            }
            return Ascii.equalsIgnoreCase(bytes, start, end, "upgrade") ? UPGRADE : 0;
        }

        void te(int from, int to) {
            for (int at = from; at < to; at = memberEnd(at, to) + 1) {
                int start = Ascii.skipBlank(bytes, at, to);
                int end = Ascii.trimEnd(bytes, start, Math.max(start, memberEnd(at, to)));
                if (Ascii.equalsIgnoreCase(bytes, start, end, "trailers")) {
                    options |= TE_TRAILERS;
                }
            }
        }

        private int memberEnd(int from, int to) {
            int at = from;
            while (at < to && bytes[at] != ',') {
                at++;
            }
            return at;
        }

        HopByHop result() {
            return nominated.length == 0 ? SHARED[options] : new HopByHop(options, bytes, nominated);
        }
    }
}
