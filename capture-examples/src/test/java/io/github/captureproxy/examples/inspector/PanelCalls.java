package io.github.captureproxy.examples.inspector;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;

/** Calls the page's server as the page does. */
final class PanelCalls {
    private static final ObjectMapper MAPPER = new ObjectMapper();

    private final HttpClient client = HttpClient.newHttpClient();
    private final URI base;
    private final String key;

    private PanelCalls(URI base, String key) {
        this.base = base;
        this.key = key;
    }

    /** Opens the page by a link of its. */
    static PanelCalls open(URI link) throws Exception {
        PanelCalls locked = new PanelCalls(link.resolve("/"), "");
        String token = "{\"token\":\"" + link.getFragment() + "\"}";
        return new PanelCalls(
                locked.base,
                MAPPER.readTree(locked.call("POST", "/api/key", token).body())
                        .path("key")
                        .asText());
    }

    HttpResponse<String> call(String method, String path, String body) throws Exception {
        HttpRequest request = HttpRequest.newBuilder(base.resolve(path))
                .header("Authorization", "Bearer " + key)
                .method(method, BodyPublishers.ofString(body))
                .build();
        return client.send(request, BodyHandlers.ofString());
    }

    JsonNode json(String method, String path, String body) throws Exception {
        return MAPPER.readTree(call(method, path, body).body());
    }

    JsonNode get(String path) throws Exception {
        return json("GET", path, "");
    }
}
