package io.github.captureproxy.export;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import java.io.IOException;

/** Text that may be JSON. */
final class JsonText {
    private static final JsonFactory JSON = new JsonFactory();

    private JsonText() {}

    /** Tells if it is one JSON object or array. */
    static boolean isDocument(String text) {
        String bare = text.strip();
        if (!bare.startsWith("{") && !bare.startsWith("[")) {
            return false;
        }
        try (JsonParser parser = JSON.createParser(bare)) {
            parser.nextToken();
            parser.skipChildren();
            return parser.nextToken() == null && parser.currentToken() == null;
        } catch (IOException e) { // That it cannot be read is the answer.
            return false;
        }
    }
}
