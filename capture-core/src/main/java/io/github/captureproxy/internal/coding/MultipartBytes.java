package io.github.captureproxy.internal.coding;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Finds the parts of a multipart body (RFC 2046 section 5.1.1). Lines end in CRLF; if the first delimiter line ends in a
 * bare LF, all of them do.
 */
public final class MultipartBytes {
    private final byte[] all;
    private final byte[] dashBoundary;
    private boolean bareLineFeeds;

    private MultipartBytes(byte[] all, String boundary) {
        this.all = all;
        this.dashBoundary = ("--" + boundary).getBytes(ISO_8859_1);
    }

    /**
     * Finds the parts.
     *
     * @param all the body
     * @param boundary the boundary parameter, one character a byte
     * @param maxParts the most parts to find; what follows is left out
     * @return where the parts are, in order
     */
    public static List<Part> split(byte[] all, String boundary, int maxParts) {
        return new MultipartBytes(all, boundary).split(maxParts);
    }

    private List<Part> split(int maxParts) {
        List<Part> parts = new ArrayList<>();
        Delimiter open = first();
        while (open != null && !open.closing() && parts.size() < maxParts) {
            Delimiter next = next(open.end());
            parts.add(part(open.end(), next == null ? all.length : next.start(), next != null));
            open = next;
        }
        return parts;
    }

    private @Nullable Delimiter first() {
        Delimiter found = delimiterAt(0, 0);
        for (int i = 0; i < all.length && found == null; i++) {
            if (all[i] == '\n') {
                found = delimiterAt(i + 1, i + 1);
            }
        }
        bareLineFeeds = found != null
                && found.end() > 0
                && all[found.end() - 1] == '\n'
                && (found.end() < 2 || all[found.end() - 2] != '\r');
        return found;
    }

    /** The next delimiter, line break before it included; a part without header fields may start with that. */
    private @Nullable Delimiter next(int from) {
        // A part that is empty up to its headers' end shares its blank line with the delimiter's line break.
        Delimiter found = delimiterAt(from, from);
        for (int i = from; i < all.length && found == null; i++) {
            if (all[i] == '\n') {
                boolean crlf = i > from && all[i - 1] == '\r';
                if (crlf || bareLineFeeds) {
                    found = delimiterAt(i + 1, crlf ? i - 1 : i);
                }
            }
        }
        return found;
    }

    /** The delimiter whose dashes are at an index, if one is there; white space may follow on its line. */
    private @Nullable Delimiter delimiterAt(int dashes, int start) {
        int at = dashes + dashBoundary.length;
        if (at > all.length || !startsWith(dashes)) {
            return null;
        }
        boolean closing = at + 1 < all.length && all[at] == '-' && all[at + 1] == '-';
        at += closing ? 2 : 0;
        while (at < all.length && (all[at] == ' ' || all[at] == '\t')) {
            at++;
        }
        if (closing) {
            return new Delimiter(start, at, true);
        }
        if (at < all.length && all[at] == '\r') {
            at++;
        }
        return at < all.length && all[at] == '\n' ? new Delimiter(start, at + 1, false) : null;
    }

    private boolean startsWith(int index) {
        for (int i = 0; i < dashBoundary.length; i++) {
            if (all[index + i] != dashBoundary[i]) {
                return false;
            }
        }
        return true;
    }

    private Part part(int from, int to, boolean complete) {
        int line = from;
        while (line < to) {
            int end = line;
            while (end < to && all[end] != '\n') {
                end++;
            }
            boolean blank = end < to && (end == line || end == line + 1 && all[line] == '\r');
            if (blank) {
                return new Part(from, line, end + 1, to, complete);
            }
            line = end + 1;
        }
        return new Part(from, Math.max(from, to), Math.max(from, to), Math.max(from, to), complete);
    }

    /**
     * Where a part is: its header fields, and its bytes.
     *
     * @param headersStart where the first field line starts
     * @param headersEnd where the last field line ends
     * @param bodyStart where the bytes start
     * @param bodyEnd where they end
     * @param complete true if a delimiter follows
     */
    public record Part(int headersStart, int headersEnd, int bodyStart, int bodyEnd, boolean complete) {}

    /** A delimiter line: where the part before it ends, where the next one starts, and if it is the last. */
    private record Delimiter(int start, int end, boolean closing) {}
}
