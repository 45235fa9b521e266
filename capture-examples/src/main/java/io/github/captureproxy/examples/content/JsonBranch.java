package io.github.captureproxy.examples.content;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonLocation;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.core.StreamReadConstraints;
import java.io.IOException;
import java.io.Reader;
import java.util.List;
import java.util.Optional;

/**
 * Some of a JSON text as a tree: a value, and what is in it for a few levels. Numbers are as they stand in the text, so
 * that none loses a digit; members of one name stay apart. The text is read as a stream, from its start to the value's
 * end, and never stands in memory.
 *
 * @param node the value; empty if the text breaks before it or has none there
 * @param problem where and why the text is no JSON, if it was found not to be
 */
public record JsonBranch(Optional<Node> node, Optional<Problem> problem) {
    /** The most values of one branch. */
    public static final int MAX_NODES = 2_000;
    /** A branch has so many members of each value below its root at most; more come with a branch of their own. */
    public static final int INNER_MEMBERS = 50;
    /** So many characters of a string are shown in a tree. */
    public static final int MAX_TEXT = 2_000;
    /** The longest string, name or number: each stands in memory while it is read. A longer one is a problem of the text. */
    private static final int MAX_TOKEN = 8 * 1024 * 1024;
    /** Text nested deeper than this is none that a person can look into. Each level takes some dozen bytes. */
    private static final int MAX_DEPTH = 100_000;

    /** How the parser names a place in its messages, with words about where the text is from. */
    private static final String SOURCE = "\\[Source: .*?; line: (\\d+), column: (\\d+)]";

    private static final JsonFactory FACTORY = JsonFactory.builder()
            .streamReadConstraints(StreamReadConstraints.builder()
                    .maxNestingDepth(MAX_DEPTH)
                    .maxNumberLength(MAX_TOKEN)
                    .maxStringLength(MAX_TOKEN)
                    .maxNameLength(MAX_TOKEN)
                    .build())
            .disable(JsonFactory.Feature.CANONICALIZE_FIELD_NAMES)
            .build();

    /**
     * A value.
     *
     * @param kind {@code object}, {@code array}, {@code string}, {@code number}, {@code boolean}, {@code null}, or
     *     {@code lines} for several texts one after the other
     * @param name its name in the object around it
     * @param text a string without its quotes, or a number as it was written; empty for objects and arrays
     * @param length how many characters the text has in all
     * @param count how many members it has, as far as the text can be read
     * @param from the ordinal of the first of its members here
     * @param members some of its members
     */
    public record Node(
            String kind, Optional<String> name, String text, int length, int count, int from, List<Node> members) {
        /** Copies the list. */
        public Node {
            members = List.copyOf(members);
        }
    }

    /**
     * Why a text is no JSON.
     *
     * @param message what is wrong
     * @param line the line, from 1
     * @param column the column, from 1
     * @param offset the character, from 0; -1 if not known
     */
    public record Problem(String message, long line, long column, long offset) {}

    /**
     * Which part of a text is asked for.
     *
     * @param path the way to the value: the ordinal of each member, from the outside in
     * @param from the ordinal of its first member that is wanted
     * @param limit how many of its members are wanted
     * @param depth how many levels of members are wanted
     * @param lines whether the text is several, one after the other
     */
    public record Wanted(List<Integer> path, int from, int limit, int depth, boolean lines) {
        /** Copies the path. */
        public Wanted {
            path = List.copyOf(path);
        }
    }

    static JsonParser parser(Reader text) throws IOException {
        return FACTORY.createParser(text);
    }

    /**
     * Reads a branch.
     *
     * @param text the JSON text from its start
     * @param wanted which part of it
     * @return the branch, as far as the text can be read
     * @throws IOException if reading fails
     */
    public static JsonBranch read(Reader text, Wanted wanted) throws IOException {
        try (JsonParser parser = parser(text)) {
            JsonBranchReader reader = new JsonBranchReader(parser);
            Optional<Problem> problem = Optional.empty();
            try {
                reader.read(wanted);
            } catch (JsonProcessingException e) {
                problem = Optional.of(problem(e));
            }
            return new JsonBranch(reader.node(), problem);
        }
    }

    /**
     * The whole text of a string or number.
     *
     * @param text the JSON text from its start
     * @param path the way to the value
     * @param lines whether the text is several, one after the other
     * @return the value's text; empty if there is no such value
     * @throws IOException if reading fails, or the text is no JSON up to there
     */
    public static Optional<String> value(Reader text, List<Integer> path, boolean lines) throws IOException {
        try (JsonParser parser = parser(text)) {
            JsonBranchReader reader = new JsonBranchReader(parser);
            JsonToken token = reader.find(path, lines);
            return token != null && token.isScalarValue() ? Optional.of(parser.getText()) : Optional.empty();
        }
    }

    static Problem problem(JsonProcessingException e) {
        JsonLocation at = e.getLocation();
        String message = words(e);
        return at == null
                ? new Problem(message, 0, 0, -1)
                : new Problem(message, at.getLineNr(), at.getColumnNr(), at.getCharOffset());
    }

    /** Why a text is no JSON, in one line; of the places in it that the parser names, what a reader can use. */
    public static String words(JsonProcessingException e) {
        return e.getOriginalMessage().replaceFirst("\\R(?s:.*)", "").replaceAll(SOURCE, "line $1, column $2");
    }
}
