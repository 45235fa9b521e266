package io.github.captureproxy.tls.internal.pages;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A page's text with places for values. <code>{{name}}</code> is one; what stands between <code>{{#flag}}</code> and
 * <code>{{/flag}}</code> is there if the flag is set, and with <code>^</code> if it is not. A block has none of the same
 * flag inside it. Immutable.
 */
final class Template {
    private static final Pattern BLOCK = Pattern.compile("\\{\\{([#^])([a-z]+)}}(.*?)\\{\\{/\\2}}\\n?", Pattern.DOTALL);
    private static final Pattern PLACE = Pattern.compile("\\{\\{([a-zA-Z]+)}}");

    private final String text;

    Template(String text) {
        this.text = text;
    }

    /** The text of a file beside this class. */
    static String file(String name) {
        try (InputStream in = Template.class.getResourceAsStream(name)) {
            if (in == null) {
                throw new IllegalStateException(name + " is missing from the jar");
            }
            return new String(in.readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new IllegalStateException(name + " cannot be read from the jar", e);
        }
    }

    /** The same with its blocks decided. */
    Template with(Set<String> flags) {
        String decided = text;
        for (Matcher block = BLOCK.matcher(decided); block.find(); block = BLOCK.matcher(decided)) {
            boolean shown = flags.contains(block.group(2)) == block.group(1).equals("#");
            decided = decided.substring(0, block.start())
                    + (shown ? block.group(3) : "")
                    + decided.substring(block.end());
        }
        return new Template(decided);
    }

    /** The text with its values, which are markup already; every place must have one. */
    String filled(Map<String, String> values) {
        return PLACE.matcher(text).replaceAll(place -> {
            String value = values.get(place.group(1));
            if (value == null) {
                throw new IllegalArgumentException("no value for " + place.group());
            }
            return Matcher.quoteReplacement(value);
        });
    }

    /** A text as it may stand in an element or a quoted attribute. */
    static String escaped(String text) {
        return text.replace("&", "&amp;")
                .replace("<", "&lt;")
                .replace(">", "&gt;")
                .replace("\"", "&quot;")
                .replace("'", "&#39;");
    }
}
