package io.github.captureproxy.examples.inspector;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.util.JsonRecyclerPools;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.SerializerProvider;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.module.SimpleModule;
import com.fasterxml.jackson.databind.ser.std.StdSerializer;
import io.github.captureproxy.examples.store.Row;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.OptionalLong;

/**
 * Values as JSON: of a record each component, of an {@link Optional} what is in it or null, times as milliseconds since
 * 1970, durations as milliseconds with fractions, and why a tunnel was relayed in words.
 */
final class Json {
    private static final ObjectMapper MAPPER = JsonMapper.builder(JsonFactory.builder()
                    .recyclerPool(JsonRecyclerPools.sharedBoundedPool())
                    .build())
            .defaultPropertyInclusion(JsonInclude.Value.construct(JsonInclude.Include.NON_NULL, null))
            .addModule(values())
            .build();

    private Json() {}

    @SuppressWarnings("unchecked") // of an Optional of anything
    private static SimpleModule values() {
        return new SimpleModule()
                .addSerializer(
                        writer(Optional.class, (value, out) -> out.writePOJO(((Optional<Object>) value).orElse(null))))
                .addSerializer(writer(OptionalLong.class, (value, out) -> {
                    if (value.isPresent()) {
                        out.writeNumber(value.getAsLong());
                    } else {
                        out.writeNull();
                    }
                }))
                .addSerializer(writer(OptionalInt.class, (value, out) -> {
                    if (value.isPresent()) {
                        out.writeNumber(value.getAsInt());
                    } else {
                        out.writeNull();
                    }
                }))
                .addSerializer(writer(Row.TunnelFacts.class, (value, out) -> out.writePOJO(TunnelView.words(value))))
                .addSerializer(writer(Instant.class, (value, out) -> out.writeNumber(value.toEpochMilli())))
                .addSerializer(writer(Duration.class, (value, out) -> out.writeNumber(value.toNanos() / 1e6)));
    }

    private interface Writing<T> {
        void write(T value, JsonGenerator out) throws IOException;
    }

    private static <T> StdSerializer<T> writer(Class<T> type, Writing<T> writing) {
        return new StdSerializer<>(type) {
            private static final long serialVersionUID = 1L;

            @Override
            public void serialize(T value, JsonGenerator out, SerializerProvider provider) throws IOException {
                writing.write(value, out);
            }
        };
    }

    static byte[] bytes(Object value) {
        try {
            return MAPPER.writeValueAsBytes(value);
        } catch (JsonProcessingException e) {
            throw new UncheckedIOException(e);
        }
    }

    static JsonNode read(byte[] bytes) {
        try {
            return MAPPER.readTree(bytes);
        } catch (IOException e) {
            throw new RefusedException(400, "the body has to be JSON");
        }
    }

    static <T> T read(JsonNode node, Class<T> type) {
        try {
            return MAPPER.treeToValue(node, type);
        } catch (JsonProcessingException e) {
            throw new RefusedException(
                    400, "the body lacks something or has something else: " + e.getOriginalMessage());
        }
    }
}
