package io.github.captureproxy.internal.coding;

import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.util.zip.Adler32;
import java.util.zip.CRC32;
import java.util.zip.Checksum;
import java.util.zip.DataFormatException;
import java.util.zip.Inflater;
import org.jspecify.annotations.Nullable;

/**
 * Undoes gzip (RFC 1952, any number of members; what follows the last one is passed over) and deflate in both its
 * forms: within zlib (RFC 1950), and bare (RFC 1951) as some servers send it. Input that ends too early is an
 * {@link EOFException}, thrown after all that can be inflated has been read. For one thread.
 */
final class InflatingStream extends InputStream {
    private static final int BUFFER = 8 * 1024;
    private static final int GZIP_MAGIC = 0x1f8b;
    private static final int DEFLATE_METHOD = 8;
    private static final int FHCRC = 2;
    private static final int FEXTRA = 4;
    private static final int FNAME = 8;
    private static final int FCOMMENT = 16;
    private static final int GZIP_RESERVED_FLAGS = 0xe0;
    private static final int ZLIB_FDICT = 0x20;

    private final InputStream coded;
    private final Format format;
    private final Inflater inflater = new Inflater(true);
    private final byte[] input = new byte[BUFFER];
    private int at;
    private int end;
    private State state = State.FIRST_HEADER;
    private @Nullable Checksum checksum;

    /** What wraps the deflated data. */
    enum Format {
        GZIP,
        ZLIB_OR_RAW
    }

    private enum State {
        FIRST_HEADER,
        DATA,
        NEXT_HEADER,
        END
    }

    InflatingStream(InputStream coded, Format format) {
        this.coded = coded;
        this.format = format;
    }

    @Override
    public int read() throws IOException {
        byte[] one = new byte[1];
        return read(one, 0, 1) < 0 ? -1 : one[0] & 0xff;
    }

    @Override
    public int read(byte[] into, int offset, int length) throws IOException {
        int count = 0;
        while (count == 0 && state != State.END) {
            if (state == State.DATA) {
                count = inflate(into, offset, length);
            } else {
                state = readHeader();
            }
        }
        return count == 0 ? -1 : count;
    }

    private State readHeader() throws IOException {
        boolean two = has(2);
        if (at == end) {
            return State.END; // No byte at all is what an empty body looks like, coded or not.
        }
        int magic = two ? (input[at] & 0xff) << 8 | input[at + 1] & 0xff : -1;
        if (format == Format.ZLIB_OR_RAW) {
            readZlibHeader(magic);
            return State.DATA;
        }
        if (magic == GZIP_MAGIC) {
            readGzipHeader();
            return State.DATA;
        }
        if (state == State.NEXT_HEADER) {
            return State.END; // Padding or garbage after the last member.
        }
        throw two ? new IOException("no gzip magic number") : early();
    }

    private void readZlibHeader(int magic) throws IOException {
        // A raw stream can't look like this: it would start with a stored block whose padding is not zero.
        boolean zlib = (magic >> 8 & 0x0f) == DEFLATE_METHOD && magic % 31 == 0;
        if (magic > 0 && zlib) {
            if ((magic & ZLIB_FDICT) != 0) {
                throw new IOException("a preset dictionary is needed");
            }
            at += 2;
            checksum = new Adler32();
        }
    }

    private void readGzipHeader() throws IOException {
        at += 2;
        int method = next();
        int flags = next();
        if (method != DEFLATE_METHOD || (flags & GZIP_RESERVED_FLAGS) != 0) {
            throw new IOException("a gzip header of an unknown kind");
        }
        skip(6); // MTIME, XFL, OS
        if ((flags & FEXTRA) != 0) {
            skip(next() | next() << 8);
        }
        if ((flags & FNAME) != 0) {
            skipText();
        }
        if ((flags & FCOMMENT) != 0) {
            skipText();
        }
        if ((flags & FHCRC) != 0) {
            skip(2);
        }
        checksum = new CRC32();
        inflater.reset();
    }

    private int inflate(byte[] into, int offset, int length) throws IOException {
        try {
            int count = inflater.inflate(into, offset, length);
            if (count > 0 && checksum != null) {
                checksum.update(into, offset, count);
            }
            if (count == 0 && inflater.finished()) {
                at = end - inflater.getRemaining();
                readTrailer();
                state = format == Format.GZIP ? State.NEXT_HEADER : State.END;
            } else if (count == 0) {
                if (!has(1)) {
                    throw early();
                }
                inflater.setInput(input, at, end - at);
                at = end;
            }
            return count;
        } catch (DataFormatException e) {
            throw new IOException("deflated data is broken", e);
        }
    }

    private void readTrailer() throws IOException {
        if (checksum == null) {
            return;
        }
        long sent;
        if (format == Format.GZIP) {
            sent = next() | next() << 8 | next() << 16 | (long) next() << 24;
            skip(4); // ISIZE, which the CRC makes redundant
        } else {
            sent = (long) next() << 24 | next() << 16 | next() << 8 | next();
        }
        if (sent != checksum.getValue()) {
            throw new IOException("the checksum differs");
        }
    }

    private void skipText() throws IOException {
        while (next() != 0) {
            // A zero byte ends the name or the comment.
        }
    }

    private void skip(int count) throws IOException {
        for (int i = 0; i < count; i++) {
            next();
        }
    }

    private int next() throws IOException {
        if (!has(1)) {
            throw early();
        }
        return input[at++] & 0xff;
    }

    /** Makes sure that so many bytes are in the buffer, if there are so many. */
    private boolean has(int count) throws IOException {
        while (end - at < count) {
            System.arraycopy(input, at, input, 0, end - at);
            end -= at;
            at = 0;
            int read = coded.read(input, end, input.length - end);
            if (read < 0) {
                return false;
            }
            end += read;
        }
        return true;
    }

    private static EOFException early() {
        return new EOFException("the coded bytes end too early");
    }

    @Override
    public void close() throws IOException {
        inflater.end();
        coded.close();
    }
}
