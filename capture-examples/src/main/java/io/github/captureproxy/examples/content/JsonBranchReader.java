package io.github.captureproxy.examples.content;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import io.github.captureproxy.examples.content.JsonBranch.Node;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Reads one branch; what was read before a fault in the text is kept. For one thread. */
final class JsonBranchReader {
    private final JsonParser parser;
    private @Nullable Growing root;
    private int left = JsonBranch.MAX_NODES;

    JsonBranchReader(JsonParser parser) {
        this.parser = parser;
    }

    /** A value of which not all has been read yet. */
    private static final class Growing {
        private final String kind;
        private final Optional<String> name;
        private final int from;
        private final List<Growing> members = new ArrayList<>();
        private String text = "";
        private int length;
        private int count;

        Growing(String kind, Optional<String> name, int from) {
            this.kind = kind;
            this.name = name;
            this.from = from;
        }

        /** As deep as a branch, which is a few levels. */
        Node node() {
            return new Node(
                    kind,
                    name,
                    text,
                    length,
                    count,
                    from,
                    members.stream().map(Growing::node).toList());
        }
    }

    Optional<Node> node() {
        return Optional.ofNullable(root).map(Growing::node);
    }

    void read(JsonBranch.Wanted wanted) throws IOException {
        if (wanted.lines() && wanted.path().isEmpty()) {
            Growing all = new Growing("lines", Optional.empty(), wanted.from());
            root = all;
            while (parser.nextToken() != null) {
                member(all, wanted.limit(), wanted.depth());
            }
            return;
        }
        JsonToken token = find(wanted.path(), wanted.lines());
        if (token == null) {
            return;
        }
        Growing found = new Growing(kind(token), name(), wanted.from());
        root = found;
        fill(found, token, wanted.limit(), wanted.depth());
        if (wanted.path().isEmpty() && parser.nextToken() != null) {
            throw new com.fasterxml.jackson.core.JsonParseException(
                    parser, "more text follows the value", parser.currentTokenLocation());
        }
    }

    /** Goes to a value; null if there is none. */
    @Nullable
    JsonToken find(List<Integer> path, boolean lines) throws IOException {
        JsonToken token = parser.nextToken();
        int depth = 0;
        if (lines && !path.isEmpty()) {
            for (int i = 0; i < path.get(0) && token != null; i++) {
                skip(token);
                token = parser.nextToken();
            }
            depth = 1;
        }
        for (; depth < path.size() && token != null; depth++) {
            token = token.isStructStart() ? memberAt(path.get(depth)) : null;
        }
        return token;
    }

    private @Nullable JsonToken memberAt(int ordinal) throws IOException {
        JsonToken token = nextMember();
        for (int i = 0; i < ordinal && token != null; i++) {
            skip(token);
            token = nextMember();
        }
        return token;
    }

    /** The first token of the next member's value; null at the end of the object or array. */
    private @Nullable JsonToken nextMember() throws IOException {
        JsonToken token = parser.nextToken();
        if (token == JsonToken.FIELD_NAME) {
            token = parser.nextToken();
        }
        return token == null || token.isStructEnd() ? null : token;
    }

    private void fill(Growing value, JsonToken token, int limit, int depth) throws IOException {
        if (!token.isStructStart()) {
            text(value);
            return;
        }
        while (nextMember() != null) {
            member(value, limit, depth);
        }
    }

    /** The parser is at a member's value. */
    private void member(Growing around, int limit, int depth) throws IOException {
        JsonToken token = parser.currentToken();
        int ordinal = around.count++;
        boolean wanted = depth > 0 && left > 0 && ordinal >= around.from && around.members.size() < limit;
        if (!wanted) {
            skip(token);
            return;
        }
        left--;
        Growing member = new Growing(kind(token), name(), 0);
        around.members.add(member);
        fill(member, token, JsonBranch.INNER_MEMBERS, depth - 1);
    }

    private Optional<String> name() throws IOException {
        return Optional.ofNullable(parser.currentName());
    }

    private void text(Growing value) throws IOException {
        String text = parser.getText();
        value.length = text.length();
        value.text = text.length() > JsonBranch.MAX_TEXT ? cut(text) : text;
    }

    /** Not between the halves of a character. */
    private static String cut(String text) {
        int end = Character.isHighSurrogate(text.charAt(JsonBranch.MAX_TEXT - 1))
                ? JsonBranch.MAX_TEXT - 1
                : JsonBranch.MAX_TEXT;
        return text.substring(0, end);
    }

    private void skip(JsonToken token) throws IOException {
        int depth = token.isStructStart() ? 1 : 0;
        while (depth > 0) {
            JsonToken next = parser.nextToken();
            if (next == null) {
                return;
            }
            depth += next.isStructStart() ? 1 : next.isStructEnd() ? -1 : 0;
        }
    }

    private static String kind(JsonToken token) {
        return switch (token) {
            case START_OBJECT -> "object";
            case START_ARRAY -> "array";
            case VALUE_NUMBER_INT, VALUE_NUMBER_FLOAT -> "number";
            case VALUE_TRUE, VALUE_FALSE -> "boolean";
            case VALUE_NULL -> "null";
            default -> "string";
        };
    }
}
