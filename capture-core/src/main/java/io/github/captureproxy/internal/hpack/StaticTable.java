package io.github.captureproxy.internal.hpack;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/** The static table (RFC 7541 Appendix A), whose indices start at 1. */
final class StaticTable {

    /** How many entries there are. The first of the dynamic table has the index behind them. */
    static final int LENGTH = 61;

    /** An entry a line: the name, and, after a blank, the value. */
    private static final String ENTRIES = """
            :authority
            :method GET
            :method POST
            :path /
            :path /index.html
            :scheme http
            :scheme https
            :status 200
            :status 204
            :status 206
            :status 304
            :status 400
            :status 404
            :status 500
            accept-charset
            accept-encoding gzip, deflate
            accept-language
            accept-ranges
            accept
            access-control-allow-origin
            age
            allow
            authorization
            cache-control
            content-disposition
            content-encoding
            content-language
            content-length
            content-location
            content-range
            content-type
            cookie
            date
            etag
            expect
            expires
            from
            host
            if-match
            if-modified-since
            if-none-match
            if-range
            if-unmodified-since
            last-modified
            link
            location
            max-forwards
            proxy-authenticate
            proxy-authorization
            range
            referer
            refresh
            retry-after
            server
            set-cookie
            strict-transport-security
            transfer-encoding
            user-agent
            vary
            via
            www-authenticate
            """;

    private static final byte[][] NAMES = new byte[LENGTH + 1][];
    private static final byte[][] VALUES = new byte[LENGTH + 1][];

    /** By index: the last entry with the same name. */
    private static final int[] LAST_OF_NAME = new int[LENGTH + 1];

    static {
        String[] lines = ENTRIES.split("\n", -1);
        NAMES[0] = new byte[0];
        VALUES[0] = new byte[0];
        for (int i = 1; i <= LENGTH; i++) {
            String line = lines[i - 1];
            int blank = line.indexOf(' ');
            String name = blank < 0 ? line : line.substring(0, blank);
            String value = blank < 0 ? "" : line.substring(blank + 1);
            NAMES[i] = name.getBytes(StandardCharsets.US_ASCII);
            VALUES[i] = value.getBytes(StandardCharsets.US_ASCII);
        }
        for (int i = LENGTH; i > 0; i--) {
            boolean last = i == LENGTH || !Arrays.equals(NAMES[i], NAMES[i + 1]);
            LAST_OF_NAME[i] = last ? i : LAST_OF_NAME[i + 1];
        }
    }

    private StaticTable() {}

    /** The name of an entry, not to be written to. */
    static byte[] name(int index) {
        return NAMES[index];
    }

    /** The value of an entry, not to be written to; empty when the entry is there for its name. */
    static byte[] value(int index) {
        return VALUES[index];
    }

    /**
     * Finds an entry by its value among those with the same name, which follow each other.
     *
     * @param first the first entry with the name
     * @return the index, or 0
     */
    static int find(int first, byte[] value, int from, int length) {
        for (int i = first; i <= LAST_OF_NAME[first]; i++) {
            byte[] candidate = VALUES[i];
            if (candidate.length == length && Arrays.equals(candidate, 0, length, value, from, from + length)) {
                return i;
            }
        }
        return 0;
    }
}
