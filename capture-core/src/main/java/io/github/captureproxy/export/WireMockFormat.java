package io.github.captureproxy.export;

import static java.nio.charset.StandardCharsets.US_ASCII;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import io.github.captureproxy.exchange.Exchange;
import java.io.IOException;
import java.io.OutputStream;

/**
 * Stub mappings for <a href="https://wiremock.org">WireMock</a>, as its import takes them, or the folder
 * {@code mappings} of its root.
 */
final class WireMockFormat implements ExportFormat {
    private final Redaction redaction;

    WireMockFormat(Redaction redaction) {
        this.redaction = redaction;
    }

    @Override
    public ExportFormat redact(Redaction other) {
        return new WireMockFormat(other);
    }

    @Override
    public ExchangeWriter open(OutputStream out) throws IOException {
        JsonGenerator json = new JsonFactory().createGenerator(out).useDefaultPrettyPrinter();
        json.writeStartObject();
        json.writeArrayFieldStart("mappings");
        return new Mappings(json, out, redaction);
    }

    @Override
    public String toString() {
        return "WireMock stubs";
    }

    /** Not longer than the beginning of another mapping, or the end that is written at last. */
    private static final byte[] END = "]}".getBytes(US_ASCII);

    private static final class Mappings implements ExchangeWriter {
        /** Behind what users add by hand, whose priority is 5. */
        private static final int FIRST_PRIORITY = 1_000;

        private final JsonGenerator json;
        private final OutputStream out;
        private final Redaction redaction;
        private int priority = FIRST_PRIORITY;

        Mappings(JsonGenerator json, OutputStream out, Redaction redaction) {
            this.json = json;
            this.out = out;
            this.redaction = redaction;
        }

        @Override
        public void write(Exchange exchange) throws IOException {
            new WireMockStub(json).write(redaction.apply(exchange), priority++);
        }

        @Override
        public void flush() throws IOException {
            json.flush();
            if (out instanceof FileOutput file) {
                file.flushWithTail(END); // The file is whole at any time.
            }
        }

        @Override
        public void close() throws IOException {
            json.close(); // Ends the array and the object, too.
        }
    }
}
