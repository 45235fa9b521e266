package io.github.captureproxy.replay;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.github.captureproxy.exchange.CapturedBody;
import io.github.captureproxy.exchange.CapturedRequest;
import io.github.captureproxy.exchange.CapturedResponse;
import io.github.captureproxy.exchange.ClientInfo;
import io.github.captureproxy.exchange.Exchange;
import io.github.captureproxy.exchange.HeaderList;
import io.github.captureproxy.exchange.Outcome;
import io.github.captureproxy.replay.Difference.Part;
import io.github.captureproxy.testkit.Gzip;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.List;
import java.util.Optional;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.Size;
import org.junit.jupiter.api.Test;

/** What differs between two answers. */
class ComparerTest {
    private static Exchange exchange(int status, byte[] body, String... fields) {
        ClientInfo client = new ClientInfo(
                new InetSocketAddress(InetAddress.getLoopbackAddress(), 1), 1, "default", Optional.empty());
        CapturedRequest request = new CapturedRequest(
                "GET", "/", "HTTP/1.1", null, HeaderList.empty(), CapturedBody.empty(), HeaderList.empty());
        HeaderList headers = HeaderList.of(fields);
        CapturedResponse response = new CapturedResponse(
                status, "", "HTTP/1.1", headers, CapturedBody.of(body, headers), HeaderList.empty());
        return Exchange.builder(1, client, request).response(response).build();
    }

    private static Exchange json(String text) {
        return exchange(200, text.getBytes(UTF_8), "Content-Type", "application/problem+json");
    }

    private static Exchange text(String text) {
        return exchange(200, text.getBytes(UTF_8), "Content-Type", "text/plain");
    }

    private static List<String> differences(Exchange before, Exchange after, Ignored ignored) {
        return new Comparer(ignored)
                .compare(before, after).differences().stream()
                        .map(Difference::toString)
                        .toList();
    }

    private static List<String> differences(Exchange before, Exchange after) {
        return differences(before, after, Ignored.DEFAULT);
    }

    @Test
    void statusAndFieldsAreComparedButForThoseThatAlwaysVary() {
        Exchange before =
                exchange(200, new byte[0], "Date", "a", "X-A", "1", "x-a", "2", "Vary", "b", "Set-Cookie", "s=1");
        Exchange after = exchange(404, new byte[0], "vary", "b", "Date", "c", "x-a", "1, 3", "New", "n");

        assertThat(differences(before, after))
                .containsExactly("status: 200  -> 404 ", "header new: (none) -> n", "header x-a: 1, 2 -> 1, 3");
        assertThat(differences(
                        before, after, Ignored.DEFAULT.withHeaders("New", "X-A").withoutHeaders("DATE")))
                .containsExactly("status: 200  -> 404 ", "header date: a -> c");
    }

    @Test
    void jsonIsComparedByPointer() {
        Exchange before = json("{\"a\":1,\"b\":[1,2,{\"c/d\":\"x\"}],\"e\":{},\"g\":null}");
        Exchange after = json("{\"e\":[], \"b\":[1,{\"c/d\":\"y\"}], \"a\": 1.0, \"f~\":true,\"g\":null}");

        assertThat(differences(before, after))
                .containsExactly(
                        "body /a: 1 -> 1.0",
                        "body /b/1: 2 -> (none)",
                        "body /b/1/c~1d: (none) -> \"y\"",
                        "body /b/2/c~1d: \"x\" -> (none)",
                        "body /e: {} -> []",
                        "body /f~0: (none) -> true");
        assertThat(differences(before, after, Ignored.DEFAULT.withPointers("/a", "/b/*", "/e", "/f~0")))
                .isEmpty();
    }

    @Test
    void theOrderOfMembersAndWhiteSpaceDoNotMatter() {
        assertThat(differences(json("{\"a\":1,\"b\":2}"), json(" { \"b\" : 2, \"a\" : 1 } ")))
                .isEmpty();
        assertThat(differences(json("1"), json("2"))).containsExactly("body (the whole): 1 -> 2");
    }

    @Test
    void whatOnlyClaimsToBeJsonIsComparedAsText() {
        assertThat(differences(json("{\"a\":1"), json("{\"a\":2")))
                .containsExactly("body line 1: {\"a\":1 -> {\"a\":2");
        String deep = "[".repeat(300) + "]".repeat(300);
        assertThat(differences(json(deep), json(deep + " "))).hasSize(1);
    }

    @Test
    void textIsComparedByLineBetweenWhatIsTheSame() {
        assertThat(differences(text("a\nb\nc\nd"), text("a\nX\nd")))
                .containsExactly("body line 2: b -> X", "body line 3: c -> (none)");
        assertThat(differences(text("a\r\nb"), text("a\nb"))).hasSize(1);
    }

    @Test
    void otherBodiesAreComparedByByte() {
        assertThat(differences(exchange(200, new byte[] {1, 2, 3}), exchange(200, new byte[] {1, 2, 4, 5})))
                .containsExactly("body from byte 2: 3 bytes -> 4 bytes");
        assertThat(differences(text("abc"), text(""))).containsExactly("body from byte 0: 3 bytes -> 0 bytes");
    }

    @Test
    void contentCodingsAreUndoneFirst() throws IOException {
        byte[] packed = Gzip.of("same".getBytes(UTF_8));
        Exchange coded = exchange(200, packed, "Content-Encoding", "gzip", "Content-Type", "text/plain");
        Exchange broken = exchange(200, new byte[] {1}, "Content-Encoding", "gzip", "Content-Type", "text/plain");

        assertThat(differences(coded, text("same"))).containsExactly("header content-encoding: gzip -> (none)");
        assertThat(differences(broken, coded)).containsExactly("body from byte 0: 1 bytes -> 4 bytes");
    }

    @Test
    void ofCutBodiesTheBeginningsAreCompared() {
        CapturedBody cut =
                CapturedBody.of(CapturedBody.inMemory(new byte[] {1, 2}), 10, true, null, HeaderList.empty());
        CapturedBody whole = CapturedBody.of(new byte[] {1, 2, 3});
        Differences found = new Differences();

        new BodyComparer(Ignored.DEFAULT, found).compare(cut, whole);

        assertThat(found.comparison().differences())
                .extracting(Difference::before)
                .containsExactly("10 bytes");
        assertThat(found.comparison().notes())
                .containsExactly("only the first 2 bytes of the bodies were captured on both sides");
    }

    @Test
    void aMissingAnswerIsADifference() {
        Exchange before = text("a");
        ClientInfo client = before.client();
        Exchange after = Exchange.builder(2, client, before.request())
                .outcome(new Outcome(Outcome.Status.ORIGIN_ABORTED, Outcome.Side.ORIGIN, 0, "reset"))
                .build();

        Comparison comparison = new Comparer(Ignored.DEFAULT).compare(before, after);

        assertThat(comparison.differences()).extracting(Difference::part).containsExactly(Part.OUTCOME);
        assertThat(comparison.toString()).startsWith("1 difference:\n  outcome: COMPLETED -> ORIGIN_ABORTED (reset)");
    }

    @Test
    void anAnswerAndNoneOfExchangesThatEndedAlikeDiffer() {
        Exchange before = text("a");
        Exchange after = Exchange.builder(2, before.client(), before.request()).build();

        assertThat(differences(before, after)).containsExactly("status: 200  -> (none)");
    }

    @Test
    void listsAndValuesAreCut() {
        String lines = "x\n".repeat(150);
        Comparison many = new Comparer(Ignored.DEFAULT).compare(text(lines + "1"), text("y\n".repeat(150) + "2"));

        assertThat(many.differences()).hasSize(Comparison.MAX_DIFFERENCES);
        assertThat(many.notes()).containsExactly("and 51 more");
        Comparison wide = new Comparer(Ignored.DEFAULT).compare(text("a".repeat(5000)), text("\u001b"));
        assertThat(wide.differences().get(0).before()).hasSizeLessThan(250);
        assertThat(wide.toString()).doesNotContain("\u001b");
    }

    @Property(tries = 200)
    void bodiesAreTheSameIfAndOnlyIfTheirLinesAre(
            @ForAll @Size(max = 6) List<Boolean> before, @ForAll @Size(max = 6) List<Boolean> after) {
        String old = before.toString().replace(", ", "\n");
        String now = after.toString().replace(", ", "\n");

        assertThat(differences(text(old), text(now)).isEmpty()).isEqualTo(old.equals(now));
    }

    @Property(tries = 200)
    void noBytesBreakIt(@ForAll byte[] before, @ForAll byte[] after) {
        Exchange old = exchange(200, before, "Content-Type", "application/json", "Content-Encoding", "identity");
        Exchange now = exchange(200, after, "Content-Type", "application/json", "Content-Encoding", "identity");

        assertThat(differences(old, old)).isEmpty();
        assertThat(differences(old, now)).hasSizeLessThanOrEqualTo(Comparison.MAX_DIFFERENCES);
    }
}
