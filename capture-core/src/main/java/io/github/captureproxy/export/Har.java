package io.github.captureproxy.export;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.core.io.JsonEOFException;
import io.github.captureproxy.exchange.Exchange;
import io.github.captureproxy.internal.json.JsonText;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;

/**
 * Reads HAR 1.2: what {@link Export#har} writes, and the files of browsers and other programs, which leave out this and
 * that. What HAR does not hold is not there again: the TLS on both sides, HTTP/2 streams, tunnels, what rules changed. As
 * HAR has bodies without their content codings, a message whose body was coded has no {@code Content-Encoding} field.
 */
public final class Har {
    /** The bytes of {@code fals}; an error is told of where its word starts. */
    private static final int LONGEST_CUT = 4;

    private Har() {}

    /**
     * Reads a file.
     *
     * @param file the file
     * @return a reader of its entries, to be closed
     * @throws IOException if the file cannot be opened
     */
    public static ExchangeReader read(Path file) throws IOException {
        return open(Files.newInputStream(file), file.toString());
    }

    /**
     * Reads a stream.
     *
     * @param in the file's bytes; closed by the reader
     * @return a reader of its entries, to be closed
     * @throws IOException if it cannot be read
     */
    public static ExchangeReader read(InputStream in) throws IOException {
        return open(in, "the input");
    }

    private static ExchangeReader open(InputStream in, String name) throws IOException {
        return new ExchangeReader(new Entries(new CountingInput(in), name));
    }

    /** Takes entry after entry. */
    private static final class Entries implements ExchangeReader.Source {
        private final CountingInput in;
        private final JsonParser parser;
        private final String name;
        private @Nullable String cut;
        private boolean started;
        private int number;

        Entries(CountingInput in, String name) throws IOException {
            this.in = in;
            this.parser = JsonInput.open(in);
            this.name = name;
        }

        @Override
        public @Nullable Exchange read() throws IOException {
            try {
                if (!started) {
                    started = true;
                    enter("log", JsonToken.START_OBJECT);
                    enter("entries", JsonToken.START_ARRAY);
                }
                return next();
            } catch (JsonProcessingException e) {
                if (isEnd(e)) {
                    cut = name + ": cut off in or after entry " + number + ", which is left out if it is not whole";
                    return null;
                }
                // Its own message quotes the input.
                throw failed(
                        JsonText.words(e) + " at line " + e.getLocation().getLineNr() + ", column "
                                + e.getLocation().getColumnNr(),
                        e);
            } catch (IOException | IllegalArgumentException e) {
                throw failed(String.valueOf(e.getMessage()), e);
            }
        }

        /**
         * Not all that stumble over the input's end say so by type: {@code 1.} is a broken number before it is a cut one,
         * and {@code fal} is none of the words of JSON. What ends an entry and a file is not among the last bytes then.
         */
        private boolean isEnd(JsonProcessingException e) {
            return e instanceof JsonEOFException
                    || e.getOriginalMessage().startsWith("Unexpected end-of-input")
                    || number > 0 && in.isEnded() && e.getLocation().getByteOffset() >= in.count() - LONGEST_CUT;
        }

        private IOException failed(String what, Exception cause) {
            return new IOException(name + (number == 0 ? "" : ", entry " + number) + ": " + what, cause);
        }

        /** Goes into a field of the next object, past those before it. */
        private void enter(String field, JsonToken start) throws IOException {
            JsonToken token = parser.currentToken() == null ? parser.nextToken() : parser.currentToken();
            if (token == JsonToken.START_OBJECT) {
                while (parser.nextToken() == JsonToken.FIELD_NAME) {
                    boolean wanted = field.equals(parser.currentName());
                    if (parser.nextToken() == start && wanted) {
                        return;
                    }
                    parser.skipChildren();
                }
            }
            throw new IOException("it is no HAR file: there is no \"" + field + "\" where it should be");
        }

        private @Nullable Exchange next() throws IOException {
            JsonToken token = parser.nextToken();
            while (token != JsonToken.END_ARRAY && token != null) {
                number++;
                if (token == JsonToken.START_OBJECT) {
                    return HarParser.entry(JsonObject.read(parser), number);
                }
                parser.skipChildren(); // Something that is no entry, such as null.
                token = parser.nextToken();
            }
            return null;
        }

        @Override
        public @Nullable String cut() {
            return cut;
        }

        @Override
        public void close() throws IOException {
            parser.close();
        }
    }
}
