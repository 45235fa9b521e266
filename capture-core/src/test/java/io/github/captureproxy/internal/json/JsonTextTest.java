package io.github.captureproxy.internal.json;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;

import java.io.IOException;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.stream.Collectors;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.EdgeCasesMode;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.ShrinkingMode;

class JsonTextTest {
    @Property(tries = 100, edgeCases = EdgeCasesMode.NONE, shrinking = ShrinkingMode.OFF)
    void whatIsReadIsWhatWasWritten(@ForAll("values") Object value, @ForAll Random random) throws IOException {
        assertThat(JsonText.parse(write(value, random)))
                .isEqualTo(value)
                .isEqualTo(JsonText.parse(write(value, random)));
    }

    @Property(tries = 100, edgeCases = EdgeCasesMode.NONE, shrinking = ShrinkingMode.OFF)
    void aPointerFindsEachMemberAndElement(@ForAll("values") Object value, @ForAll Random random) {
        check(value, "", write(value, random), value);
    }

    @Property(tries = 100, edgeCases = EdgeCasesMode.NONE, shrinking = ShrinkingMode.OFF)
    void aTextThatWasCutIsNoJson(@ForAll("values") Object value, @ForAll Random random) {
        String text = "[" + write(value, random) + "]";
        String cut = text.substring(0, random.nextInt(text.length()));

        assertThat(catchThrowable(() -> JsonText.parse(cut))).isInstanceOf(IOException.class);
        assertThat(JsonPointer.parse("").find(cut)).isEmpty();
    }

    private static void check(Object root, String pointer, String text, Object expected) {
        assertThat(JsonPointer.parse(pointer).find(text)).contains(expected);
        if (expected instanceof Map<?, ?> members) {
            members.forEach((name, member) -> check(
                    root, pointer + "/" + ((String) name).replace("~", "~0").replace("/", "~1"), text, member));
        } else if (expected instanceof List<?> elements) {
            for (int i = 0; i < elements.size(); i++) {
                check(root, pointer + "/" + i, text, elements.get(i));
            }
        }
    }

    private static String write(Object value, Random random) {
        String space = " \t\n\r".substring(random.nextInt(5));
        if (value instanceof Map<?, ?> members) {
            List<Map.Entry<?, ?>> entries = new ArrayList<>(members.entrySet());
            Collections.shuffle(entries, random);
            return space
                    + entries.stream()
                            .map(entry -> quote((String) entry.getKey(), random) + space + ":"
                                    + write(entry.getValue(), random))
                            .collect(Collectors.joining(space + ",", "{", "}" + space));
        }
        if (value instanceof List<?> elements) {
            return elements.stream().map(element -> write(element, random)).collect(Collectors.joining(",", "[", "]"));
        }
        if (value instanceof BigDecimal number) {
            return random.nextBoolean()
                    ? number.toString()
                    : number.setScale(number.scale() + 2).toString();
        }
        return space + (value instanceof String text ? quote(text, random) : String.valueOf(value)) + space;
    }

    private static String quote(String text, Random random) {
        return text.chars()
                .mapToObj(
                        c -> random.nextBoolean() || c < ' ' || c == '"' || c == '\\' || Character.isSurrogate((char) c)
                                ? String.format("\\u%04x", c)
                                : String.valueOf((char) c))
                .collect(Collectors.joining("", "\"", "\""));
    }

    @Provide
    Arbitrary<Object> values() {
        return values(3);
    }

    private static Arbitrary<Object> values(int depth) {
        Arbitrary<Object> scalar = Arbitraries.oneOf(
                Arbitraries.strings().ofMaxLength(8).map(Object.class::cast),
                Arbitraries.bigDecimals().map(BigDecimal::stripTrailingZeros),
                Arbitraries.of(true, false, JsonNull.NULL));
        if (depth == 0) {
            return scalar;
        }
        return Arbitraries.oneOf(
                scalar,
                values(depth - 1).list().ofMaxSize(3).map(Object.class::cast),
                Arbitraries.maps(
                                Arbitraries.strings()
                                        .withChars("ab~/\u00e9\u4e2d\"")
                                        .ofMaxLength(3),
                                values(depth - 1))
                        .ofMaxSize(3)
                        .map(Object.class::cast));
    }
}
