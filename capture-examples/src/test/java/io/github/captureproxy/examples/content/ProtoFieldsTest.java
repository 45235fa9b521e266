package io.github.captureproxy.examples.content;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;

import io.github.captureproxy.examples.content.ProtoFields.Field;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

/** Messages are shown by the numbers of their fields; whatever else comes is bounded and harmless. */
class ProtoFieldsTest {
    @Test
    void fieldsOfEachWireTypeAreRead() {
        // 1: 150, 2: "hi", 3: {1: 1}, 4: 00ff, 5: float 1.5, 6: double 3.25
        ProtoFields message = of("089601" + "12026869" + "1a020801" + "220200ff" + "2d0000c03f" + "310000000000000a40");

        assertThat(message.problem()).isEmpty();
        assertThat(message.fields())
                .extracting(Field::number, Field::kind, Field::value)
                .containsExactly(
                        org.assertj.core.groups.Tuple.tuple(1, "varint", "150"),
                        org.assertj.core.groups.Tuple.tuple(2, "text", "hi"),
                        org.assertj.core.groups.Tuple.tuple(3, "message", ""),
                        org.assertj.core.groups.Tuple.tuple(4, "bytes", "00ff"),
                        org.assertj.core.groups.Tuple.tuple(5, "fixed32", "1069547520"),
                        org.assertj.core.groups.Tuple.tuple(6, "fixed64", "4614500768194494464"));
        assertThat(message.fields().get(4).also()).isEqualTo("1.5");
        assertThat(message.fields().get(5).also()).isEqualTo("3.25");
    }

    @Test
    void aNegativeNumberIsShownInEachReading() {
        Field field = of("08ffffffffffffffffff01").fields().get(0);

        assertThat(field.value()).isEqualTo("18446744073709551615");
        assertThat(field.also()).startsWith("-1");
    }

    @Test
    void groupsAreRead() {
        assertThat(of("0b1001" + "0c").fields().get(0).fields()).hasSize(1);
        assertThat(of("0b1001").problem()).isPresent();
        assertThat(of("0c").problem()).isPresent();
    }

    @Test
    void whatStandsBeforeAFaultIsShown() {
        ProtoFields message = of("089601" + "12ff");

        assertThat(message.fields()).hasSize(1);
        assertThat(message.problem().orElseThrow()).startsWith("at byte 5");
    }

    @Test
    void messagesWithinMessagesHaveABound() {
        byte[] message = {8, 1};
        for (int i = 0; i < 100; i++) {
            byte[] around = new byte[message.length + (message.length < 128 ? 2 : 3)];
            around[0] = 10;
            if (message.length < 128) {
                around[1] = (byte) message.length;
            } else {
                around[1] = (byte) (message.length & 0x7f | 0x80);
                around[2] = (byte) (message.length >> 7);
            }
            System.arraycopy(message, 0, around, around.length - message.length, message.length);
            message = around;
        }
        ProtoFields fields = ProtoFields.of(message);

        int depth = 0;
        for (List<Field> level = fields.fields();
                !level.isEmpty();
                level = level.get(0).fields()) {
            depth++;
        }
        assertThat(depth).isLessThanOrEqualTo(ProtoFields.MAX_DEPTH + 1);
    }

    @Test
    void manyFieldsHaveABound() {
        byte[] message = new byte[200_000];
        for (int i = 0; i < message.length; i += 2) {
            message[i] = 8;
        }

        ProtoFields fields = ProtoFields.of(message);

        assertThat(fields.fields()).hasSize(ProtoFields.MAX_FIELDS);
        assertThat(fields.problem().orElseThrow()).contains("not shown");
    }

    @Test
    void anyBytesAreEitherAMessageOrAProblem() {
        Random random = new Random(7);
        for (int i = 0; i < 5_000; i++) {
            byte[] bytes = new byte[random.nextInt(64)];
            random.nextBytes(bytes);
            assertThatCode(() -> ProtoFields.of(bytes))
                    .as(Arrays.toString(bytes))
                    .doesNotThrowAnyException();
        }
    }

    private static ProtoFields of(String hex) {
        return ProtoFields.of(HexFormat.of().parseHex(hex));
    }
}
