package io.github.captureproxy.export;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.JsonToken;
import io.github.captureproxy.exchange.Exchange;
import io.github.captureproxy.internal.json.JsonText;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;

/**
 * Reads the lines that {@link Export#jsonLines} writes, one exchange each, and gets back all that they knew: bytes of
 * header fields and bodies, both sides' TLS and HTTP/2 streams, timings and outcome.
 */
public final class JsonLines {
    private JsonLines() {}

    /**
     * Reads a file.
     *
     * @param file the file
     * @return a reader, to be closed
     * @throws IOException if the file cannot be opened
     */
    public static ExchangeReader read(Path file) throws IOException {
        return new ExchangeReader(new Lines(Files.newInputStream(file), file.toString()));
    }

    /**
     * Reads a stream.
     *
     * @param in the lines; closed by the reader
     * @return a reader, to be closed
     */
    public static ExchangeReader read(InputStream in) {
        return new ExchangeReader(new Lines(in, "the input"));
    }

    /** One line as an exchange. */
    static Exchange parse(byte[] line, int length) throws IOException {
        try (JsonParser parser = JsonInput.open(line, length)) {
            if (parser.nextToken() != JsonToken.START_OBJECT) {
                throw new IOException("it is no JSON object");
            }
            JsonObject object = JsonObject.read(parser);
            if (parser.nextToken() != null) {
                throw new IOException("something follows the JSON object");
            }
            return LineParser.read(object);
        } catch (JsonProcessingException e) {
            // Its own message quotes the input, which may hold secrets.
            throw new IOException(
                    JsonText.words(e) + " at column " + e.getLocation().getColumnNr(), e);
        }
    }

    /** Takes line after line. */
    private static final class Lines implements ExchangeReader.Source {
        private final LineInput in;
        private final String name;
        private @Nullable String cut;

        Lines(InputStream in, String name) {
            this.in = new LineInput(in);
            this.name = name;
        }

        @Override
        public @Nullable Exchange read() throws IOException {
            try {
                while (in.next()) {
                    if (!in.isBlank()) {
                        return parseOrCut();
                    }
                }
                return null;
            } catch (IOException e) {
                throw new IOException(name + ", line " + in.number() + ": " + e.getMessage(), e);
            }
        }

        private @Nullable Exchange parseOrCut() throws IOException {
            try {
                return parse(in.bytes(), in.length());
            } catch (IOException e) {
                if (in.isTerminated()) {
                    throw e;
                }
                cut = name + ", line " + in.number() + ": cut off after " + in.length() + " bytes, and left out";
                return null;
            }
        }

        @Override
        public @Nullable String cut() {
            return cut;
        }

        @Override
        public void close() throws IOException {
            in.close();
        }
    }
}
