package io.github.captureproxy.export;

import static java.nio.charset.StandardCharsets.US_ASCII;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.util.Arrays;

/** Makes a file of lines end with a whole one, so that another can follow. */
final class LastLine {
    private static final int CHUNK = 64 * 1024;

    private static final byte[] BEGINNING = "{\"v\":".getBytes(US_ASCII);

    private LastLine() {}

    /** Ends the last line if only its line feed is missing; otherwise takes off what a killed process left of it. */
    static void mend(FileChannel file) throws IOException {
        long size = file.size();
        long start = startOfLastLine(file, size);
        if (start == size) {
            return;
        }
        requireLine(read(file, start, (int) Math.min(size - start, BEGINNING.length)));
        if (size - start <= Integer.MAX_VALUE - 8 && isWhole(file, start, (int) (size - start))) {
            file.write(ByteBuffer.wrap(new byte[] {'\n'}), size);
        } else {
            file.truncate(start);
        }
    }

    /** Where the bytes behind the last line feed start. */
    private static long startOfLastLine(FileChannel file, long size) throws IOException {
        long end = size;
        while (end > 0) {
            long from = Math.max(0, end - CHUNK);
            byte[] bytes = read(file, from, (int) (end - from));
            for (int i = bytes.length - 1; i >= 0; i--) {
                if (bytes[i] == '\n') {
                    return from + i + 1;
                }
            }
            end = from;
        }
        return 0;
    }

    /** Nothing is taken off a file that is something else. */
    private static void requireLine(byte[] start) throws IOException {
        if (!Arrays.equals(start, 0, start.length, BEGINNING, 0, start.length)) {
            throw new IOException("its last line is no exchange: it seems to be another kind of file");
        }
    }

    private static boolean isWhole(FileChannel file, long start, int length) throws IOException {
        byte[] line = read(file, start, length);
        try {
            JsonLines.parse(line, line.length);
            return true;
        } catch (IOException e) {
            return false; // Cut off: what can't be read is no loss.
        }
    }

    private static byte[] read(FileChannel file, long from, int length) throws IOException {
        ByteBuffer bytes = ByteBuffer.allocate(length);
        while (bytes.hasRemaining()) {
            if (file.read(bytes, from + bytes.position()) < 0) {
                throw new IOException("it became shorter while it was read");
            }
        }
        return bytes.array();
    }
}
