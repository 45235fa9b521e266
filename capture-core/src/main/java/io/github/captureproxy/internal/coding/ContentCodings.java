package io.github.captureproxy.internal.coding;

import java.io.IOException;
import java.io.InputStream;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/** Undoes a list of content codings (RFC 9110 section 8.4). */
public final class ContentCodings {
    /** More codings than anyone stacks; each one more could multiply the work of a decompression bomb. */
    static final int MAX_CODINGS = 8;

    private ContentCodings() {}

    /**
     * Reads {@code Content-Encoding} fields.
     *
     * @param fields the values of all such fields, in order
     * @return the codings in the order in which they were applied, in lower case, without identity
     */
    public static List<String> parse(List<String> fields) {
        if (fields.isEmpty()) {
            return List.of();
        }
        List<String> codings = new ArrayList<>();
        for (String field : fields) {
            for (String element : field.split(",", -1)) {
                String coding = element.strip().toLowerCase(Locale.ROOT);
                if (!coding.isEmpty() && !coding.equals("identity")) {
                    codings.add(coding);
                }
            }
        }
        return codings;
    }

    /**
     * Undoes codings, the last one first.
     *
     * @param coded the coded bytes; closed at the end
     * @param codings what {@link #parse} made of the fields
     * @param partial true if the coded bytes are only a beginning, so that their end is no error
     * @param maxBytes the most bytes that any coding may make
     * @return the decoded bytes
     * @throws CodingException if a coding is unknown, broken, makes too many bytes, or has no decoder here
     * @throws IOException if the coded bytes cannot be read
     */
    public static byte[] decode(InputStream coded, List<String> codings, boolean partial, long maxBytes)
            throws IOException {
        try (InputStream decoded = open(coded, codings, partial, maxBytes)) {
            return decoded.readAllBytes();
        }
    }

    /**
     * Undoes codings while it is read, the last one first.
     *
     * @param coded the coded bytes; closed by the stream that is returned
     * @param codings what {@link #parse} made of the fields
     * @param partial true if the coded bytes are only a beginning, so that their end is no error
     * @param maxBytes the most bytes that any coding may make
     * @return the decoded bytes; reading throws a {@link CodingException} where a coding is broken or makes too many
     * @throws CodingException if a coding is unknown, or has no decoder here; the coded bytes are closed then
     * @throws IOException if the coded bytes cannot be read
     */
    public static InputStream open(InputStream coded, List<String> codings, boolean partial, long maxBytes)
            throws IOException {
        try {
            return chain(coded, codings, partial, maxBytes);
        } catch (IOException | RuntimeException e) {
            coded.close();
            throw e;
        }
    }

    private static InputStream chain(InputStream coded, List<String> codings, boolean partial, long maxBytes)
            throws IOException {
        if (codings.size() > MAX_CODINGS) {
            throw new CodingException("more than " + MAX_CODINGS + " content codings are not undone: " + codings.size()
                    + " are stacked; bytes() has the coded bytes");
        }
        InputStream chain = coded;
        for (int i = codings.size() - 1; i >= 0; i--) {
            chain = new DecodingStream(Coding.named(codings.get(i)), chain, partial, maxBytes);
        }
        return chain;
    }
}
