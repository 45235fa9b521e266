package io.github.captureproxy.export;

import static java.nio.charset.StandardCharsets.US_ASCII;

import io.github.captureproxy.exchange.Exchange;
import java.io.BufferedOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;

/**
 * Requests as a Java class that sends them again with {@code java.net.http}: a method for each, and a {@code main} that
 * calls them in order and prints the statuses. It compiles with Java 17, and is ASCII.
 *
 * <p>What that client sets itself, or can't send, is left out and said in a comment: {@code Host}, {@code Connection} and
 * other restricted fields, fields that aren't ASCII. Bodies of more than 1 MiB are read from a file that a comment names,
 * and isn't written; past 1,000 requests, as a class can hold no more constants, a comment counts the others.
 */
public final class JavaCodeFormat implements ExportFormat {
    private final Redaction redaction;

    JavaCodeFormat(Redaction redaction) {
        this.redaction = redaction;
    }

    @Override
    public JavaCodeFormat redact(Redaction other) {
        return new JavaCodeFormat(other);
    }

    /**
     * The statements that make one request and send it, without a class around them.
     *
     * @param exchange the exchange
     * @return the statements, which need a {@code client} and the imports of {@code java.net}, {@code java.net.http} and
     *     {@code java.util}
     * @throws UncheckedIOException if a file that holds the body cannot be read
     */
    public String snippet(Exchange exchange) {
        try {
            return JavaRequest.statements(redaction.apply(exchange));
        } catch (IOException e) {
            throw new UncheckedIOException("the exchange cannot be written", e);
        }
    }

    @Override
    public ExchangeWriter open(OutputStream out) throws IOException {
        JavaClass written = new JavaClass(new BufferedOutputStream(out), redaction);
        written.begin();
        return written;
    }

    @Override
    public String toString() {
        return "Java code";
    }

    private static final class JavaClass implements ExchangeWriter {
        /** Each takes some 20 of the 65,535 constants of a class. */
        private static final int MAX_REQUESTS = 1_000;

        private static final String START = """
                import java.net.URI;
                import java.net.http.HttpClient;
                import java.net.http.HttpRequest;
                import java.net.http.HttpRequest.BodyPublishers;
                import java.net.http.HttpResponse;
                import java.net.http.HttpResponse.BodyHandlers;
                import java.nio.file.Path;
                import java.util.Base64;

                /** Sends captured requests again. */
                public class CapturedRequests {
                """;

        private final OutputStream out;
        private final Redaction redaction;
        private final StringBuilder calls = new StringBuilder();
        private int requests;
        private boolean closed;

        JavaClass(OutputStream out, Redaction redaction) {
            this.out = out;
            this.redaction = redaction;
        }

        void begin() throws IOException {
            print(START);
        }

        @Override
        public void write(Exchange exchange) throws IOException {
            requests++;
            if (requests > MAX_REQUESTS) {
                return;
            }
            String name = "request" + requests;
            String statements = JavaRequest.statements(redaction.apply(exchange));
            print("    static void " + name + "(HttpClient client) throws Exception {\n");
            print(statements.indent(8));
            print("    }\n\n");
            calls.append("        ").append(name).append("(client);\n");
        }

        @Override
        public void flush() throws IOException {
            out.flush();
        }

        @Override
        public void close() throws IOException {
            if (!closed) {
                closed = true;
                print("    public static void main(String[] arguments) throws Exception {\n");
                print("        HttpClient client = HttpClient.newHttpClient();\n" + calls);
                if (requests > MAX_REQUESTS) {
                    print("        // " + (requests - MAX_REQUESTS) + " more requests are left out\n");
                }
                print("    }\n}\n");
            }
            out.close();
        }

        private void print(String text) throws IOException {
            out.write(text.getBytes(US_ASCII));
        }
    }
}
