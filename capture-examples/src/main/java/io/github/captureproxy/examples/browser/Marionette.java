package io.github.captureproxy.examples.browser;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.BufferedInputStream;
import java.io.Closeable;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.Socket;
import java.time.Duration;
import java.util.List;
import java.util.Map;

/**
 * Talks to a Firefox that was started with {@code --marionette}: messages are JSON arrays, each behind its length in
 * bytes and a colon. For one thread.
 */
final class Marionette implements Closeable {
    /** Far more than any answer here has. */
    private static final int MAX_MESSAGE = 1 << 20;

    private static final int COMMAND = 0;
    private static final ObjectMapper JSON = new ObjectMapper();

    private final Socket socket;
    private final InputStream in;
    private int last;

    private Marionette(Socket socket) throws IOException {
        this.socket = socket;
        this.in = new BufferedInputStream(socket.getInputStream());
    }

    /** Connects on this machine, and takes the greeting. */
    static Marionette connect(int port, Duration patience) throws IOException {
        Socket socket = new Socket(InetAddress.getLoopbackAddress(), port);
        try {
            socket.setSoTimeout(Math.toIntExact(patience.toMillis()));
            Marionette marionette = new Marionette(socket);
            marionette.read();
            return marionette;
        } catch (IOException e) {
            socket.close();
            throw e;
        }
    }

    /** Begins a session in which scripts have the rights of the browser itself. */
    void start() throws IOException {
        call("WebDriver:NewSession", Map.of("capabilities", Map.of()));
        call("Marionette:SetContext", Map.of("value", "chrome"));
    }

    /** Runs a script that gives true or false. */
    boolean run(String script, String argument) throws IOException {
        JsonNode result = call("WebDriver:ExecuteScript", Map.of("script", script, "args", List.of(argument)));
        return result.path("value").asBoolean();
    }

    /** Has the browser end. */
    void quit() throws IOException {
        call("Marionette:Quit", Map.of("flags", List.of("eAttemptQuit")));
    }

    /** Gives a command of the protocol, and takes what it is answered with. */
    JsonNode call(String name, Map<String, ?> parameters) throws IOException {
        last++;
        byte[] message = JSON.writeValueAsBytes(List.of(COMMAND, last, name, parameters));
        socket.getOutputStream().write((message.length + ":").getBytes(UTF_8));
        socket.getOutputStream().write(message);
        JsonNode answer = read();
        JsonNode error = answer.path(2);
        if (!error.isNull()) {
            throw new BrowserException(
                    "Firefox refused " + name + ": " + error.path("message").asText(error.toString()));
        }
        return answer.path(3);
    }

    private JsonNode read() throws IOException {
        int length = 0;
        for (int c = in.read(); c != ':'; c = in.read()) {
            if (c < '0' || c > '9' || length > MAX_MESSAGE) {
                throw new EOFException("Firefox broke off its answer");
            }
            length = 10 * length + (c - '0');
        }
        return JSON.readTree(in.readNBytes(Math.min(length, MAX_MESSAGE)));
    }

    @Override
    public void close() throws IOException {
        socket.close();
    }
}
