package io.github.captureproxy.examples.inspector;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.util.stream.Stream;

/** Calls a page's server as its scripts do, with a key. */
public final class PageCalls {
    private static final ObjectMapper MAPPER = new ObjectMapper();

    private final HttpClient client = HttpClient.newHttpClient();
    private final URI base;
    private final String key;

    private PageCalls(URI base, String key) {
        this.base = base;
        this.key = key;
    }

    /** Opens the page by a link. */
    public static PageCalls open(URI link) throws IOException, InterruptedException {
        PageCalls locked = new PageCalls(link.resolve("/"), link.getFragment());
        Answer answer = locked.call("POST", "/api/key", "");
        return new PageCalls(locked.base, answer.json().path("key").asText());
    }

    /** What a call was answered with. */
    public record Answer(int status, String body) {
        /** What it holds. */
        public JsonNode json() throws IOException {
            return MAPPER.readTree(body);
        }
    }

    /** Gets a path. */
    public Answer get(String path) throws IOException, InterruptedException {
        return call("GET", path, "");
    }

    /** Calls a path with a body: a text, or what is written as JSON. */
    public Answer call(String method, String path, Object body) throws IOException, InterruptedException {
        HttpRequest request = request(path)
                .method(method, BodyPublishers.ofString(body instanceof String text ? text : write(body)))
                .build();
        HttpResponse<String> response = client.send(request, BodyHandlers.ofString());
        return new Answer(response.statusCode(), response.body());
    }

    /** An answer with its fields, and its body as it came. */
    HttpResponse<byte[]> download(String path) throws IOException, InterruptedException {
        return client.send(request(path).build(), BodyHandlers.ofByteArray());
    }

    /** What the program tells as it happens, line by line, until the stream is closed. */
    public Stream<String> news() throws IOException, InterruptedException {
        return client.send(request("/api/events").build(), BodyHandlers.ofLines())
                .body();
    }

    /** What lets a page in. */
    public String key() {
        return key;
    }

    private HttpRequest.Builder request(String path) {
        return HttpRequest.newBuilder(URI.create(base + path.substring(1))).header("Authorization", "Bearer " + key);
    }

    private static String write(Object value) throws IOException {
        return MAPPER.writeValueAsString(value);
    }
}
