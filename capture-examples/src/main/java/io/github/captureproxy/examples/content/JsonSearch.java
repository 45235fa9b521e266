package io.github.captureproxy.examples.content;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.JsonToken;
import java.io.IOException;
import java.io.Reader;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;

/**
 * Where a text occurs in a JSON text: in names and values, whatever the case of its letters.
 *
 * @param paths the ways to the first values found: the ordinal of each member, from the outside in
 * @param more whether there are more
 */
public record JsonSearch(List<List<Integer>> paths, boolean more) {
    /** The most values that are found. */
    public static final int MAX_FOUND = 500;
    /** A value deeper than this is not found: a page shows no tree of that depth. */
    private static final int MAX_DEPTH = 1_000;

    /** Copies the list. */
    public JsonSearch {
        paths = List.copyOf(paths);
    }

    /**
     * Searches.
     *
     * @param text the JSON text from its start; where it is none, the search ends
     * @param words what to look for
     * @param lines whether the text is several, one after the other
     * @return what was found
     * @throws IOException if reading fails
     */
    public static JsonSearch in(Reader text, String words, boolean lines) throws IOException {
        try (JsonParser parser = JsonBranch.parser(text)) {
            Walk walk = new Walk(words.toLowerCase(Locale.ROOT), lines);
            try {
                for (JsonToken token = parser.nextToken();
                        token != null && !walk.isFull();
                        token = parser.nextToken()) {
                    walk.take(parser, token);
                }
            } catch (JsonProcessingException e) { // what comes after it is no JSON, and the tree says so
                return new JsonSearch(walk.found, false);
            }
            return new JsonSearch(
                    walk.found.subList(0, Math.min(walk.found.size(), MAX_FOUND)), walk.found.size() > MAX_FOUND);
        }
    }

    /** Knows at each token which member of which it is. */
    private static final class Walk {
        private final String words;
        private final List<List<Integer>> found = new ArrayList<>();
        private int[] ordinals = new int[16];
        private int depth;
        private boolean nameMatches;

        Walk(String words, boolean lines) {
            this.words = words;
            this.depth = lines ? 1 : 0;
            this.ordinals[0] = -1;
        }

        boolean isFull() {
            return found.size() > MAX_FOUND;
        }

        void take(JsonParser parser, JsonToken token) throws IOException {
            if (token == JsonToken.FIELD_NAME) {
                nameMatches = matches(parser.getText());
            } else if (token.isStructEnd()) {
                depth--;
            } else {
                if (depth > 0) {
                    ordinals[depth - 1]++;
                }
                boolean matches = nameMatches || token.isScalarValue() && matches(parser.getText());
                nameMatches = false;
                if (matches && depth <= MAX_DEPTH) {
                    found.add(Arrays.stream(ordinals, 0, depth).boxed().toList());
                }
                if (token.isStructStart()) {
                    enter();
                }
            }
        }

        private void enter() {
            if (depth == ordinals.length) {
                ordinals = Arrays.copyOf(ordinals, depth * 2);
            }
            ordinals[depth++] = -1;
        }

        private boolean matches(String text) {
            return text.toLowerCase(Locale.ROOT).contains(words);
        }
    }
}
