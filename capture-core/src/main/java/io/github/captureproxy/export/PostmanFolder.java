package io.github.captureproxy.export;

import com.fasterxml.jackson.core.JsonGenerator;
import io.github.captureproxy.exchange.CapturedRequest;
import io.github.captureproxy.exchange.HttpOrigin;
import java.io.IOException;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** A folder of a Postman collection, with what is in it in the order in which it came. For one thread. */
final class PostmanFolder {
    /** Deeper ones only hide what is in them. */
    private static final int MAX_DEPTH = 3;

    private final Map<String, PostmanFolder> folders = new LinkedHashMap<>();
    private final Map<Object, PostmanItem> items = new LinkedHashMap<>();

    /** The folder of a request's domain and path. */
    PostmanFolder folderFor(CapturedRequest request) {
        String domain = request.origin().map(HttpOrigin::authority).orElse("");
        PostmanFolder folder = folder(domain);
        String[] segments = request.path().substring(1).split("/", -1);
        for (int i = 0; i < Math.min(segments.length - 1, MAX_DEPTH); i++) {
            folder = folder.folder(segments[i].isEmpty() ? "(empty)" : WireText.readable(segments[i]));
        }
        return folder;
    }

    private PostmanFolder folder(String name) {
        return folders.computeIfAbsent(name, missing -> new PostmanFolder());
    }

    /** The item of requests like this one. */
    PostmanItem item(CapturedRequest request) {
        Object same = List.of(request.method(), request.origin(), request.path());
        return items.computeIfAbsent(same, missing -> new PostmanItem(WireText.readable(request.path())));
    }

    /** An item of this request alone. */
    PostmanItem newItem(CapturedRequest request) {
        PostmanItem item = new PostmanItem(WireText.readable(request.path()));
        items.put(items.size(), item);
        return item;
    }

    /** Writes the field with all that is in the folder. */
    void write(JsonGenerator json) throws IOException {
        json.writeArrayFieldStart("item");
        for (Map.Entry<String, PostmanFolder> folder : folders.entrySet()) {
            json.writeStartObject();
            json.writeStringField("name", folder.getKey());
            folder.getValue().write(json);
            json.writeEndObject();
        }
        for (PostmanItem item : items.values()) {
            item.write(json);
        }
        json.writeEndArray();
    }
}
