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
import java.util.Map;

/** Calls a page's server as its scripts do, with a key. */
final class PageCalls {
    private static final ObjectMapper MAPPER = new ObjectMapper();

    private final HttpClient client = HttpClient.newHttpClient();
    private final URI base;
    private final String key;

    PageCalls(InspectorServer server) throws IOException, InterruptedException {
        URI link = server.newLink();
        this.base = link.resolve("/");
        HttpRequest request = HttpRequest.newBuilder(base.resolve("/api/key"))
                .POST(BodyPublishers.ofString(write(Map.of("token", link.getFragment()))))
                .build();
        this.key = MAPPER.readTree(client.send(request, BodyHandlers.ofString()).body())
                .path("key")
                .asText();
    }

    /** What a call was answered with. */
    record Answer(int status, String body) {
        JsonNode json() throws IOException {
            return MAPPER.readTree(body);
        }
    }

    Answer get(String path) throws IOException, InterruptedException {
        return call("GET", path, "");
    }

    Answer call(String method, String path, Object body) throws IOException, InterruptedException {
        HttpRequest request = HttpRequest.newBuilder(URI.create(base + path.substring(1)))
                .header("Authorization", "Bearer " + key)
                .method(method, BodyPublishers.ofString(body instanceof String text ? text : write(body)))
                .build();
        HttpResponse<String> response = client.send(request, BodyHandlers.ofString());
        return new Answer(response.statusCode(), response.body());
    }

    private static String write(Object value) throws IOException {
        return MAPPER.writeValueAsString(value);
    }
}
