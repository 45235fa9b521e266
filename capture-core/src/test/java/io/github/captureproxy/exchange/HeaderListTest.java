package io.github.captureproxy.exchange;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import org.junit.jupiter.api.Test;

class HeaderListTest {
    @Test
    void fieldLinesKeepOrderCaseAndRepetition() {
        HeaderList list = lines("Set-Cookie: a=1\r\nX-Empty:\r\nset-cookie:  b=2 \t\r\nÜ: \u00ff:x\r\n\r\n");

        assertThat(list)
                .containsExactly(
                        new Header("Set-Cookie", "a=1"),
                        new Header("X-Empty", ""),
                        new Header("set-cookie", "b=2"),
                        new Header("Ü", "\u00ff:x"));
        assertThat(list.all("SET-COOKIE")).containsExactly("a=1", "b=2");
        assertThat(list.first("set-COOKIE")).contains("a=1");
        assertThat(list.has("x-empty")).isTrue();
        assertThat(list.has("x-other")).isFalse();
        assertThat(list.all("x-other")).isEmpty();
    }

    @Test
    void aLineWithoutAColonIsPassedOver() {
        assertThat(lines("no colon here\r\nA: b\r\n")).containsExactly(new Header("A", "b"));
        assertThat(lines("A: b")).containsExactly(new Header("A", "b"));
        assertThat(lines("")).isEmpty();
    }

    @Test
    void listsOfEqualFieldsAreEqual() {
        HeaderList parsed = lines("A: b\r\nC: d\r\n\r\n");
        HeaderList made = HeaderList.of("A", "b", "C", "d");

        assertThat(parsed).isEqualTo(made).hasSameHashCodeAs(made);
        assertThat(List.copyOf(made)).isEqualTo(parsed);
        assertThat(parsed).isNotEqualTo(HeaderList.of("C", "d", "A", "b"));
    }

    @Test
    void aListCannotBeChanged() {
        HeaderList list = HeaderList.of("A", "b");

        assertThatThrownBy(() -> list.remove(0)).isInstanceOf(UnsupportedOperationException.class);
        assertThatThrownBy(() -> HeaderList.of("A")).isInstanceOf(IllegalArgumentException.class);
        assertThat(HeaderList.of(List.of())).isSameAs(HeaderList.empty());
    }

    @Test
    void linesMayBeSplitByManyThreadsAtOnce() throws Exception {
        ExecutorService threads = Executors.newFixedThreadPool(4);
        try {
            for (int round = 0; round < 200; round++) {
                HeaderList list = lines("A: 1\r\nB: 2\r\nC: 3\r\n\r\n");
                Callable<Integer> reader = list::size;
                for (Future<Integer> size : threads.invokeAll(Collections.nCopies(4, reader))) {
                    assertThat(size.get()).isEqualTo(3);
                }
            }
        } finally {
            threads.shutdownNow();
        }
    }

    @Property(tries = 200)
    void whatWasWrittenIsRead(@ForAll("fields") List<Header> fields) {
        StringBuilder text = new StringBuilder();
        fields.forEach(field -> text.append(field).append("\r\n"));

        assertThat(lines(text + "\r\n")).isEqualTo(fields);
    }

    @Provide
    Arbitrary<List<Header>> fields() {
        Arbitrary<String> name =
                Arbitraries.strings().alpha().numeric().withChars("-_.!").ofMinLength(1);
        Arbitrary<String> value = Arbitraries.strings()
                .withCharRange('!', '\u00ff')
                .withChars(" :")
                .map(String::strip);
        return Combinators.combine(name, value.filter(text -> !text.contains("\u0085") && text.equals(text.trim())))
                .as(Header::new)
                .list()
                .ofMaxSize(20)
                .map(ArrayList::new);
    }

    private static HeaderList lines(String text) {
        // Within a larger array, as the head's first line stands before them.
        byte[] bytes = ("x: y\r\n" + text + "z: z\r\n").getBytes(ISO_8859_1);
        return HeaderList.ofFieldLines(bytes, 6, bytes.length - 6);
    }

    /** What a test's failure or a log line prints. */
    @Test
    void asTextHasNoSecrets() {
        HeaderList fields = lines("Accept: */*\r\nauthorization: Basic c2VjcmV0\r\nSet-Cookie: id=secret\r\n");
        assertThat(fields).hasToString("[Accept: */*, authorization: ..., Set-Cookie: ...]");
        assertThat(fields.first("set-cookie")).contains("id=secret");
    }
}
