package io.github.captureproxy.examples.desk;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.github.captureproxy.tls.HostChoices.Choice;
import io.github.captureproxy.tls.HstsMode;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.Function;
import java.util.stream.Collectors;

/** Settings as a JSON object with a field each, and back. Pure. */
public final class SettingsJson {
    private static final int MAX_PORT = 65_535;

    /** A field is not what it has to be. */
    public static final class FieldException extends IllegalArgumentException {
        private static final long serialVersionUID = 1L;

        private final String field;
        private final String words;

        /**
         * Says which.
         *
         * @param field the field
         * @param words what it has to be
         */
        public FieldException(String field, String words) {
            super(field + ": " + words);
            this.field = field;
            this.words = words;
        }

        /** What is wrong with which field. */
        public SettingsCheck.Problem problem() {
            return new SettingsCheck.Problem(field, words);
        }
    }

    private SettingsJson() {}

    /**
     * Settings as an object. The password stands in it.
     *
     * @param settings the settings
     * @return a new object, where what is not set is null
     */
    public static ObjectNode of(DeskSettings settings) {
        ObjectNode object = JsonNodeFactory.instance.objectNode();
        Inspecting inspecting = settings.inspecting();
        object.put("port", settings.port());
        object.put("bind", settings.bind());
        object.set("allow", array(settings.allow()));
        object.put("login", settings.login().orElse(null));
        object.put("https", settings.https());
        object.put("filter", settings.filter());
        object.put("hsts", word(inspecting.hsts()));
        object.set("passThrough", array(inspecting.passThrough()));
        object.put("upstream", settings.upstream().orElse(null));
        object.put("collection", settings.collection().map(Path::toString).orElse(null));
        ObjectNode hosts = object.putObject("hosts");
        new TreeMap<>(inspecting.hosts()).forEach((host, choice) -> hosts.put(host, word(choice)));
        ObjectNode trusted = object.putObject("trusted");
        new TreeMap<>(inspecting.trusted()).forEach((host, prints) -> trusted.set(host, array(new TreeSet<>(prints))));
        return object;
    }

    /**
     * Settings from an object.
     *
     * @param object has all fields that {@link #of} writes
     * @return the settings
     * @throws FieldException if a field is not what it has to be; the message names it
     */
    public static DeskSettings read(JsonNode object) {
        Inspecting inspecting = new Inspecting(
                choice("hsts", object.path("hsts"), HstsMode.values()),
                texts("passThrough", object.path("passThrough")),
                map("hosts", object.path("hosts"), node -> choice("hosts", node, Choice.values())),
                map("trusted", object.path("trusted"), node -> new HashSet<>(texts("trusted", node))));
        return new DeskSettings(
                port(object.path("port")),
                text("bind", object.path("bind")),
                texts("allow", object.path("allow")),
                optional("login", object.path("login")),
                flag("https", object.path("https")),
                text("filter", object.path("filter")),
                inspecting,
                optional("upstream", object.path("upstream")),
                optional("collection", object.path("collection")).map(SettingsJson::path));
    }

    /**
     * A choice among few as a word.
     *
     * @param value the choice
     * @return its name with dashes, in lower case
     */
    public static String word(Enum<?> value) {
        return value.name().toLowerCase(Locale.ROOT).replace('_', '-');
    }

    /**
     * A word as a choice among few.
     *
     * @param field what it is for
     * @param node the word
     * @param all the choices
     * @param <E> the kind of choice
     * @return the choice
     * @throws FieldException if it is none of them
     */
    public static <E extends Enum<E>> E choice(String field, JsonNode node, E[] all) {
        return Arrays.stream(all)
                .filter(value -> word(value).equals(node.asText()))
                .findFirst()
                .orElseThrow(() -> new FieldException(
                        field,
                        "give " + Arrays.stream(all).map(SettingsJson::word).collect(Collectors.joining(", "))));
    }

    private static ArrayNode array(Collection<String> texts) {
        ArrayNode array = JsonNodeFactory.instance.arrayNode();
        texts.forEach(array::add);
        return array;
    }

    private static int port(JsonNode node) {
        if (!node.isIntegralNumber() || node.asLong() < 0 || node.asLong() > MAX_PORT) {
            throw new FieldException("port", "give 1 to 65535, or 0 for a free one");
        }
        return node.asInt();
    }

    private static boolean flag(String field, JsonNode node) {
        if (!node.isBoolean()) {
            throw new FieldException(field, "give true or false");
        }
        return node.asBoolean();
    }

    private static String text(String field, JsonNode node) {
        if (!node.isTextual()) {
            throw new FieldException(field, "give a text");
        }
        return node.asText().strip();
    }

    private static Optional<String> optional(String field, JsonNode node) {
        return node.isNull() || node.isMissingNode()
                ? Optional.empty()
                : Optional.of(text(field, node)).filter(text -> !text.isEmpty());
    }

    private static List<String> texts(String field, JsonNode node) {
        if (!node.isArray()) {
            throw new FieldException(field, "give a list of texts");
        }
        List<String> texts = new ArrayList<>();
        node.forEach(each -> texts.add(text(field, each)));
        return texts.stream().filter(text -> !text.isEmpty()).toList();
    }

    private static <T> Map<String, T> map(String field, JsonNode node, Function<JsonNode, T> value) {
        if (!node.isObject()) {
            throw new FieldException(field, "give an object with a field for each host");
        }
        Map<String, T> map = new TreeMap<>();
        node.properties().forEach(entry -> map.put(entry.getKey(), value.apply(entry.getValue())));
        return map;
    }

    private static Path path(String text) {
        try {
            return Path.of(text);
        } catch (InvalidPathException e) {
            throw new FieldException("collection", "\"" + text + "\" is no name of a file");
        }
    }
}
