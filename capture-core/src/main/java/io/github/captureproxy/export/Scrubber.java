package io.github.captureproxy.export;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.util.Arrays;

/**
 * Copies a body, in pieces cut anywhere, and puts placeholders in place of the secrets in it. All else stays byte for
 * byte. Holds no more than a name and the beginning of a secret. For one body and one thread.
 */
abstract class Scrubber {
    final NameSet names;
    final Secret secret;
    private boolean changed;

    Scrubber(NameSet names, Placeholders placeholders) {
        this.names = names;
        this.secret = new Secret(placeholders);
    }

    /** The next bytes of the body. */
    abstract void feed(byte[] bytes, int from, int to, OutputStream out) throws IOException;

    /** The body ends here, perhaps within a secret. */
    abstract void finish(OutputStream out) throws IOException;

    /** True if a secret was found so far. */
    final boolean isChanged() {
        return changed;
    }

    /** Writes bytes in place of others. */
    final void replace(byte[] placeholder, OutputStream out) throws IOException {
        changed = true;
        out.write(placeholder);
    }

    /** A name that may come in pieces. */
    static final class Name {
        private final byte[] bytes = new byte[NameSet.MAX_LENGTH * 6];
        private int length;
        private boolean tooLong;

        void clear() {
            length = 0;
            tooLong = false;
        }

        void add(byte[] from, int start, int end) {
            int count = end - start;
            if (length + count > bytes.length) {
                tooLong = true;
            } else {
                System.arraycopy(from, start, bytes, length, count);
                length += count;
            }
        }

        boolean isEmpty() {
            return length == 0 && !tooLong;
        }

        boolean isIn(NameSet names) {
            return !tooLong && names.contains(bytes, 0, length);
        }

        /** The bytes so far; empty if they were too many for any name. */
        byte[] toBytes() {
            return Arrays.copyOf(bytes, tooLong ? 0 : length);
        }
    }

    /** A secret as it comes in: as a whole while it is short, as a digest beyond that. */
    static final class Secret {
        /** Longer than any token; what is longer is not unescaped before it is digested. */
        private static final int KEPT = 64 * 1024;

        private final Placeholders placeholders;
        private final ByteArrayOutputStream kept = new ByteArrayOutputStream();
        private boolean digesting;

        Secret(Placeholders placeholders) {
            this.placeholders = placeholders;
        }

        void add(byte[] from, int start, int end) {
            if (!digesting && kept.size() + (end - start) > KEPT) {
                digesting = true;
                placeholders.start().update(kept.toByteArray());
                kept.reset();
            }
            if (digesting) {
                placeholders.start().update(from, start, end - start);
            } else {
                kept.write(from, start, end - start);
            }
        }

        /** The raw bytes, if they are few enough to be looked at; otherwise empty, and {@link #digest} has the rest. */
        byte[] raw() {
            return kept.toByteArray();
        }

        boolean isDigesting() {
            return digesting;
        }

        String digest() {
            digesting = false;
            return placeholders.name(placeholders.start().doFinal());
        }

        /** The placeholder for a short secret of this meaning. */
        String placeholder(String meaning) {
            return placeholders.of(meaning);
        }

        void clear() {
            kept.reset();
        }
    }
}
