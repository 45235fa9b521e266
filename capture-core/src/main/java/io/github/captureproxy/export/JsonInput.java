package io.github.captureproxy.export;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.StreamReadConstraints;
import java.io.IOException;
import java.io.InputStream;

/** Opens parsers that take long strings: bodies are strings in every format here. */
final class JsonInput {
    /** A body has to fit into an array, and in base64 or escaped it is longer than itself. */
    private static final int MAX_STRING = 1 << 30;

    private static final JsonFactory FACTORY = factory();

    private JsonInput() {}

    private static JsonFactory factory() {
        JsonFactory factory = new JsonFactory();
        try {
            LongStrings.allow(factory);
        } catch (LinkageError e) {
            // Jackson before 2.15 has no such limit.
            return factory;
        }
        return factory;
    }

    static JsonParser open(InputStream in) throws IOException {
        return FACTORY.createParser(in);
    }

    static JsonParser open(byte[] bytes, int length) throws IOException {
        return FACTORY.createParser(bytes, 0, length);
    }

    /** On its own, so that it is not even loaded where Jackson has none of it. */
    private static final class LongStrings {
        private LongStrings() {}

        static void allow(JsonFactory factory) {
            factory.setStreamReadConstraints(
                    StreamReadConstraints.builder().maxStringLength(MAX_STRING).build());
        }
    }
}
