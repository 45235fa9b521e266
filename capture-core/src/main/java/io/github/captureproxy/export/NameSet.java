package io.github.captureproxy.export;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_8;

import java.util.Arrays;
import java.util.Collection;
import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Names that match in any case and with or without {@code -} and {@code _}: {@code accessToken} is {@code access_token}.
 * Looked up in bytes without making a string of them, as a body has many names. Immutable.
 */
final class NameSet {
    /** No name of a set is longer; a longer one in a message matches nothing. */
    static final int MAX_LENGTH = 128;

    private static final Pattern INDICES = Pattern.compile("(\\[\\d*])+\\z");
    private static final Pattern NESTED = Pattern.compile("[\\[.]([^\\[\\].]+)]?\\z");

    private final byte[] @Nullable [] table;
    private final boolean[] starts = new boolean[128];

    NameSet(Collection<String> names) {
        int size = Integer.highestOneBit(Math.max(names.size(), 1)) * 4;
        this.table = new byte[size][];
        for (String name : names) {
            byte[] plain = plain(name);
            if (plain.length > 0) {
                starts[Math.max(plain[0], 0)] = true;
                table[slot(plain, 0, plain.length)] = plain;
            }
        }
    }

    /** How names are compared, as text. */
    static String normal(String name) {
        return name.toLowerCase(Locale.ROOT).replace("-", "").replace("_", "");
    }

    private static byte[] plain(String name) {
        return normal(name).getBytes(UTF_8);
    }

    boolean contains(String name) {
        if (name.length() > MAX_LENGTH) {
            return false;
        }
        byte[] bytes = name.getBytes(UTF_8);
        return contains(bytes, 0, bytes.length);
    }

    /** Looks a name up that stands in bytes, UTF-8. */
    /** A field of a form, nested or repeated as frameworks do it too: {@code user[password]}, {@code user.token[0]}. */
    boolean containsField(String name) {
        if (name.length() > MAX_LENGTH * 6) {
            return false;
        }
        String single = INDICES.matcher(name).replaceFirst("");
        Matcher nested = NESTED.matcher(single);
        return contains(single) || nested.find() && contains(nested.group(1));
    }

    boolean contains(byte[] bytes, int from, int to) {
        if (to - from > MAX_LENGTH || to <= from) {
            return false;
        }
        if (!startsAny(bytes[from])) {
            return false;
        }
        if (!isAscii(bytes, from, to)) {
            // Case is more than a bit beyond ASCII.
            byte[] plain = plain(new String(bytes, from, to - from, UTF_8));
            return table[slot(plain, 0, plain.length)] != null;
        }
        return table[slot(bytes, from, to)] != null;
    }

    /** Most names are told apart by their first letter. */
    private boolean startsAny(byte first) {
        byte b = folded(first);
        return b <= 0 || first == '-' || first == '_' || starts[b];
    }

    private static boolean isAscii(byte[] bytes, int from, int to) {
        for (int i = from; i < to; i++) {
            if (bytes[i] < 0) {
                return false;
            }
        }
        return true;
    }

    /** Where the name is, or the free place where it would be. */
    private int slot(byte[] bytes, int from, int to) {
        int hash = 0;
        for (int i = from; i < to; i++) {
            byte b = folded(bytes[i]);
            hash = b == 0 ? hash : hash * 31 + b;
        }
        int at = (hash ^ hash >>> 15) & (table.length - 1);
        byte[] there = table[at];
        while (there != null && !same(there, bytes, from, to)) {
            at = (at + 1) & (table.length - 1);
            there = table[at];
        }
        return at;
    }

    private static boolean same(byte[] plain, byte[] bytes, int from, int to) {
        int matched = 0;
        for (int i = from; i < to; i++) {
            byte b = folded(bytes[i]);
            if (b != 0) {
                if (matched == plain.length || plain[matched] != b) {
                    return false;
                }
                matched++;
            }
        }
        return matched == plain.length;
    }

    /** In lower case; 0 for what is passed over. */
    private static byte folded(byte b) {
        if (b == '-' || b == '_') {
            return 0;
        }
        return b >= 'A' && b <= 'Z' ? (byte) (b + 32) : b;
    }

    @Override
    public String toString() {
        StringBuilder text = new StringBuilder();
        Arrays.stream(table)
                .filter(name -> name != null)
                .forEach(name -> text.append(new String(name, ISO_8859_1)).append(' '));
        return text.toString().strip();
    }
}
