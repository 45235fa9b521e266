package io.github.captureproxy.tls.internal.hsts;

import java.io.BufferedInputStream;
import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.zip.GZIPInputStream;

/**
 * Reads Chromium's {@code transport_security_state_static.json}: of the objects in its {@code entries}, the names of those
 * with {@code mode} {@code force-https}.
 */
public final class PreloadReader {
    /** Six times the list of today, unpacked: a stream that does not end is not the list. */
    static final long MAX_BYTES = 64L << 20;

    private static final int GZIP_1 = 0x1f;
    private static final int GZIP_2 = 0x8b;

    private final JsonScanner json;
    private final NameSet.Builder names = new NameSet.Builder();
    private final byte[] name = new byte[256];

    private PreloadReader(JsonScanner json) {
        this.json = json;
    }

    /**
     * Reads a list to its end.
     *
     * @param in the JSON, as such, packed by gzip, or in Base64 (as Chromium's own repository gives files out)
     * @return the names
     * @throws IOException if it cannot be read, or is not such a list; the message says what is wrong
     */
    public static NameSet read(InputStream in) throws IOException {
        PreloadReader reader = new PreloadReader(new JsonScanner(new Limited(unpacked(new BufferedInputStream(in)))));
        reader.document();
        return reader.names.build();
    }

    /**
     * Makes a set of names that all stand for the names below them as well.
     *
     * @param lines one name a line; lines that begin with a number sign are comments
     * @return the names
     */
    public static NameSet ofLines(Iterable<String> lines) {
        NameSet.Builder names = new NameSet.Builder();
        for (String line : lines) {
            if (!line.isBlank() && line.charAt(0) != '#') {
                byte[] name = line.strip().getBytes(StandardCharsets.US_ASCII);
                names.add(name, name.length, true);
            }
        }
        return names.build();
    }

    private static InputStream unpacked(BufferedInputStream in) throws IOException {
        in.mark(2);
        int first = in.read();
        int second = in.read();
        in.reset();
        if (first == GZIP_1 && second == GZIP_2) {
            return new GZIPInputStream(in, 1 << 15);
        }
        boolean json = first < 0 || "{/ \t\r\n\u00ef".indexOf(first) >= 0;
        return json ? in : Base64.getMimeDecoder().wrap(in);
    }

    private void document() throws IOException {
        json.skipByteOrderMark();
        json.expect('{');
        boolean found = false;
        do {
            if (json.peek() == '}') {
                break; // a comma before the end is not JSON, and does no harm
            }
            json.readString();
            boolean entries = json.isString("entries");
            json.expect(':');
            if (entries) {
                found = true;
                entries();
            } else {
                json.skipValue();
            }
        } while (json.accept(','));
        json.expect('}');
        if (!found) {
            throw json.malformed("it has no \"entries\"");
        }
    }

    private void entries() throws IOException {
        json.expect('[');
        do {
            if (json.peek() == ']') {
                break;
            }
            entry();
        } while (json.accept(','));
        json.expect(']');
    }

    private void entry() throws IOException {
        int length = -1;
        boolean forced = false;
        boolean below = false;
        json.expect('{');
        do {
            if (json.peek() == '}') {
                break;
            }
            json.readString();
            if (json.isString("name")) {
                json.expect(':');
                json.readString();
                length = Math.min(json.length(), name.length);
                System.arraycopy(json.bytes(), 0, name, 0, length);
            } else if (json.isString("mode")) {
                json.expect(':');
                forced = json.readWhether("force-https");
            } else if (json.isString("include_subdomains")) {
                json.expect(':');
                below = json.readTrue();
            } else {
                json.expect(':');
                json.skipValue();
            }
        } while (json.accept(','));
        json.expect('}');
        if (length < 0) {
            throw json.malformed("an entry has no name");
        }
        if (forced) {
            names.add(name, length, below);
        }
    }

    /** Ends a stream that goes on and on with an error. */
    private static final class Limited extends FilterInputStream {
        private long left = MAX_BYTES;

        Limited(InputStream in) {
            super(in);
        }

        @Override
        public int read() throws IOException {
            byte[] one = new byte[1];
            return read(one, 0, 1) < 0 ? -1 : one[0] & 0xff;
        }

        @Override
        public int read(byte[] target, int offset, int length) throws IOException {
            int read = super.read(target, offset, length);
            left -= Math.max(read, 0);
            if (left < 0) {
                throw new IOException("it is longer than " + MAX_BYTES + " bytes: it cannot be the preload list");
            }
            return read;
        }
    }
}
