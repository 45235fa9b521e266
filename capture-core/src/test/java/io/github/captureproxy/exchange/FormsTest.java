package io.github.captureproxy.exchange;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.net.URLEncoder;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import org.junit.jupiter.api.Test;

class FormsTest {
    private static final String BOUNDARY = "----x'(B)o:u=n?d";

    @Test
    void fieldsAreDecodedInOrder() {
        assertThat(form("a=1&b=x+y%20z&a=%C3%BC&&c&=d&e=f=g&h=%zz%4"))
                .containsExactly(
                        new FormField("a", "1"),
                        new FormField("b", "x y z"),
                        new FormField("a", "ü"),
                        new FormField("c", ""),
                        new FormField("", "d"),
                        new FormField("e", "f=g"),
                        new FormField("h", "%zz%4"));
    }

    @Test
    void aFormOfTooManyFieldsIsReadToTheLimit() {
        assertThat(form("a&".repeat(1_500))).hasSize(CapturedBody.MAX_PARTS);
    }

    @Test
    void otherMediaTypesHaveNoFieldsAndNoParts() {
        CapturedBody json = CapturedBody.of("a=b".getBytes(UTF_8), HeaderList.of("content-type", "application/json"));

        assertThat(json.form()).isEmpty();
        assertThat(json.multipart()).isEmpty();
        assertThat(CapturedBody.empty().form()).isEmpty();
        assertThat(CapturedBody.of(new byte[3], HeaderList.of("content-type", "multipart/mixed"))
                        .multipart())
                .isEmpty();
    }

    @Property(tries = 200)
    void anyFormComesBack(@ForAll List<String> words) {
        List<FormField> fields = new ArrayList<>();
        words.stream().limit(50).forEach(word -> fields.add(new FormField("n" + word, word)));
        String sent = fields.stream()
                .map(field -> URLEncoder.encode(field.name(), UTF_8) + "=" + URLEncoder.encode(field.value(), UTF_8))
                .collect(Collectors.joining("&"));
        List<FormField> expected = fields.stream()
                .map(field -> new FormField(throughUtf8(field.name()), throughUtf8(field.value())))
                .toList();

        assertThat(form(sent)).isEqualTo(expected);
    }

    @Test
    void partsHaveTheirHeadersNamesAndBytes() {
        List<BodyPart> parts = multipart("""
                preamble\r
                --B\r
                Content-Disposition: form-data; name="text"\r
                \r
                hello\r
                --B  \r
                content-disposition: form-data; name="file"; filename="gr\u00fc\u00df \\"e\\".txt"\r
                Content-Type: text/plain; charset=utf-8\r
                \r
                line\r
                --Bx is no delimiter\r
                \r
                --B--\r
                epilogue --B\r
                """, "B");

        assertThat(parts).hasSize(2);
        assertThat(parts.get(0).name()).contains("text");
        assertThat(parts.get(0).filename()).isEmpty();
        assertThat(parts.get(0).body().text()).isEqualTo("hello");
        assertThat(parts.get(1).filename()).contains("grüß \"e\".txt");
        assertThat(parts.get(1).headers()).hasSize(2);
        assertThat(parts.get(1).body().text()).isEqualTo("line\r\n--Bx is no delimiter\r\n");
        assertThat(parts.get(1).body().isComplete()).isTrue();
    }

    @Test
    void anExtendedFilenameWins() {
        String start = "--B\r\nContent-Disposition: form-data; name=f; filename=plain; filename*=";

        assertThat(multipart(start + "UTF-8'de'gr%C3%BC%C3%9F\r\n\r\n\r\n--B--", "B")
                        .get(0)
                        .filename())
                .contains("grüß");
        assertThat(multipart(start + "what?\r\n\r\n\r\n--B--", "B").get(0).filename())
                .contains("plain");
    }

    @Test
    void rawUtf8AndWindowsPathsInNamesAreUnderstood() {
        String utf8 = new String("grüß".getBytes(UTF_8), ISO_8859_1);
        List<BodyPart> parts = multipart(
                "--B\r\nContent-Disposition: form-data; name=\"" + utf8
                        + "\"; filename=\"C:\\dir\\a.txt\"\r\n\r\n--B--",
                "B");

        assertThat(parts.get(0).name()).contains("grüß");
        assertThat(parts.get(0).filename()).contains("C:\\dir\\a.txt");
        assertThat(parts.get(0).body().isEmpty()).isTrue();
    }

    @Test
    void aLastPartWithoutADelimiterIsIncomplete() {
        List<BodyPart> parts = multipart("--B\r\n\r\none\r\n--B\r\nA: b\r\n\r\ntw", "B");

        assertThat(parts).hasSize(2);
        assertThat(parts.get(0).body().isComplete()).isTrue();
        assertThat(parts.get(1).body().isComplete()).isFalse();
        assertThat(parts.get(1).body().text()).isEqualTo("tw");
        assertThat(multipart("--B\r\nA: b", "B").get(0).headers().first("a")).contains("b");
    }

    @Test
    void linesMayEndInABareLineFeedIfAllDo() {
        List<BodyPart> parts = multipart("--B\nA: b\n\none\n--B\n\ntwo\n--B--\n", "B");

        assertThat(parts.stream().map(part -> part.body().text())).containsExactly("one", "two");
        assertThat(multipart("--B\r\n\r\none\n--B\ntwo\r\n--B--", "B")
                        .get(0)
                        .body()
                        .text())
                .isEqualTo("one\n--B\ntwo");
    }

    @Test
    void onlySoManyPartsAreSplitOff() {
        assertThat(multipart("--B\r\n\r\nx\r\n".repeat(1_200) + "--B--", "B")).hasSize(CapturedBody.MAX_PARTS);
    }

    @Property(tries = 300)
    void thePartsThatWentInComeOutToTheByte(@ForAll("parts") List<byte[]> bodies) {
        byte[] sent = new byte[0];
        for (byte[] body : bodies) {
            byte[] head = ("--" + BOUNDARY + "\r\nContent-Disposition: form-data; name=\"p\"\r\n\r\n").getBytes(UTF_8);
            sent = CodedBodies.join(sent, head, body, "\r\n".getBytes(UTF_8));
        }
        sent = CodedBodies.join(sent, ("--" + BOUNDARY + "--\r\n").getBytes(UTF_8));
        HeaderList headers = HeaderList.of("content-type", "multipart/form-data; boundary=\"" + BOUNDARY + "\"");

        List<BodyPart> found = CapturedBody.of(sent, headers).multipart();

        assertThat(found.stream().map(part -> part.body().bytes()).toList())
                .usingElementComparator(Arrays::compare)
                .isEqualTo(bodies);
        assertThat(found).allMatch(part -> part.name().equals(Optional.of("p")));
    }

    @Provide
    Arbitrary<List<byte[]>> parts() {
        // Made of pieces that look like delimiters, but never of a whole one.
        Arbitrary<String> piece = Arbitraries.of(
                "\r\n",
                "\n",
                "\r",
                "--",
                "-",
                BOUNDARY,
                "--" + BOUNDARY.substring(1),
                "\r\n--" + BOUNDARY + "x",
                "a: b",
                "\0");
        Arbitrary<byte[]> body = Combinators.combine(
                        piece.list().ofMaxSize(8),
                        Arbitraries.bytes().array(byte[].class).ofMaxSize(20))
                .as((pieces, noise) -> CodedBodies.join(String.join("", pieces).getBytes(ISO_8859_1), noise));
        return body.filter(bytes -> !("\r\n" + new String(bytes, ISO_8859_1) + "\r\n")
                        .matches("(?s).*\r\n--" + Pattern.quote(BOUNDARY) + "(--|[ \t]*\r?\n).*"))
                .list()
                .ofMaxSize(5);
    }

    @Test
    void aFormIsInTheCharsetThatItsContentTypeNames() {
        assertThat(inCharset("; charset=ISO-8859-1", "na%EFve=caf\u00e9"))
                .containsExactly(new FormField("na\u00efve", "caf\u00e9"));
        assertThat(inCharset("; charset=windows-1251", "a=%EF")).containsExactly(new FormField("a", "\u043f"));
    }

    @Test
    void aFormWithoutACharsetThatFormsCanBeInIsInUtf8() {
        for (String parameter : List.of("", "; charset=nonsense", "; charset=utf-16")) {
            assertThat(inCharset(parameter, "a=%C3%A9")).containsExactly(new FormField("a", "\u00e9"));
        }
    }

    private static List<FormField> inCharset(String parameter, String sent) {
        HeaderList headers = HeaderList.of("content-type", "application/x-www-form-urlencoded" + parameter);
        return CapturedBody.of(sent.getBytes(ISO_8859_1), headers).form();
    }

    @Property(tries = 300)
    void noBytesThrow(@ForAll byte[] bytes) {
        String start = "--B\r\n" + new String(bytes, ISO_8859_1);
        assertThat(multipart(start, "B")).isNotNull();
        assertThat(form(start)).isNotNull();
    }

    private static List<FormField> form(String sent) {
        HeaderList headers = HeaderList.of("content-type", "application/x-www-form-urlencoded; charset=UTF-8");
        return CapturedBody.of(sent.getBytes(ISO_8859_1), headers).form();
    }

    private static List<BodyPart> multipart(String sent, String boundary) {
        HeaderList headers = HeaderList.of("content-type", "multipart/form-data; boundary=" + boundary);
        return CapturedBody.of(sent.getBytes(ISO_8859_1), headers).multipart();
    }

    /** Lone surrogates do not survive an encoder. */
    private static String throughUtf8(String text) {
        return new String(text.getBytes(UTF_8), UTF_8);
    }
}
