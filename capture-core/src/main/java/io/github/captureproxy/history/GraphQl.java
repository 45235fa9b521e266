package io.github.captureproxy.history;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import io.github.captureproxy.exchange.Exchange;
import io.github.captureproxy.internal.json.JsonText;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The GraphQL operations that a request asks for (GraphQL over HTTP): by the {@code operationName} that it gives, or
 * else by the first that has a name in its {@code query}.
 */
final class GraphQl {
    /** More of a batch is not looked at; servers refuse far smaller ones. */
    private static final int MAX_OPERATIONS = 1000;

    private GraphQl() {}

    /** The operations' names in order; none if it is no GraphQL, or only has operations without a name. */
    static List<String> operations(Exchange exchange) {
        List<String> names = new ArrayList<>();
        String type = HeadFilters.essence(exchange, MessageSide.REQUEST);
        if (type.equals("application/graphql")) {
            BodyFilters.text(exchange, MessageSide.REQUEST).ifPresent(query -> new Operation(null, query).addTo(names));
        } else if (exchange.request().body().isEmpty()) {
            new Operation(parameter(exchange, "operationName"), parameter(exchange, "query")).addTo(names);
        } else {
            BodyFilters.text(exchange, MessageSide.REQUEST)
                    .filter(body -> body.contains("\"query\"") || body.contains("\"operationName\""))
                    .ifPresent(body -> readJson(body, names));
        }
        return names;
    }

    private static @Nullable String parameter(Exchange exchange, String name) {
        List<String> values = new ArrayList<>();
        UrlFilters.anyParameter(exchange, name, values::add);
        return values.isEmpty() ? null : values.get(0);
    }

    private static void readJson(String body, List<String> names) {
        try (JsonParser parser = JsonText.open(body)) {
            JsonToken token = parser.nextToken();
            if (token == JsonToken.START_OBJECT) {
                readOperation(parser).addTo(names);
            } else if (token == JsonToken.START_ARRAY) {
                while (parser.nextToken() == JsonToken.START_OBJECT && names.size() < MAX_OPERATIONS) {
                    readOperation(parser).addTo(names);
                }
            }
        } catch (IOException e) { // What is no JSON asks for nothing.
            names.clear();
        }
    }

    /** Reads a member after the other, up to the object's end. */
    private static Operation readOperation(JsonParser parser) throws IOException {
        String name = null;
        String query = null;
        while (parser.nextToken() == JsonToken.FIELD_NAME) {
            String member = parser.getText();
            JsonToken value = parser.nextToken();
            if (value == JsonToken.VALUE_STRING && member.equals("operationName")) {
                name = parser.getText();
            } else if (value == JsonToken.VALUE_STRING && member.equals("query")) {
                query = parser.getText();
            } else {
                parser.skipChildren();
            }
        }
        return new Operation(name, query);
    }

    /** What a request says of one operation. */
    private record Operation(
            @Nullable String name, @Nullable String query) {
        void addTo(List<String> names) {
            if (name != null && !name.isEmpty()) {
                names.add(name);
            } else if (query != null) {
                new GraphQlDocument(query).firstOperation().ifPresent(names::add);
            }
        }
    }
}
