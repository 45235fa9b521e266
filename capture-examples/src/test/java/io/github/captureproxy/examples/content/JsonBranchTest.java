package io.github.captureproxy.examples.content;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.captureproxy.examples.content.JsonBranch.Node;
import io.github.captureproxy.examples.content.JsonBranch.Wanted;
import java.io.IOException;
import java.io.StringReader;
import java.util.List;
import org.junit.jupiter.api.Test;

/** A JSON text is shown branch by branch, as it was written. */
class JsonBranchTest {
    @Test
    void numbersKeepTheirDigits() throws IOException {
        Node root = read("{\"id\":12345678901234567890123,\"price\":1.50,\"far\":1e400,\"minus\":-0}", all());

        assertThat(root.members())
                .extracting(Node::text)
                .containsExactly("12345678901234567890123", "1.50", "1e400", "-0");
    }

    @Test
    void membersOfOneNameStayApart() throws IOException {
        Node root = read("{\"a\":1,\"a\":{\"a\":2}}", all());

        assertThat(root.members()).extracting(each -> each.name().orElse("")).containsExactly("a", "a");
        assertThat(read("{\"a\":1,\"a\":{\"a\":2}}", new Wanted(List.of(1, 0), 0, 10, 1, false))
                        .text())
                .isEqualTo("2");
    }

    @Test
    void aLongArrayComesInPieces() throws IOException {
        StringBuilder text = new StringBuilder("[0");
        for (int i = 1; i < 100_000; i++) {
            text.append(',').append(i);
        }
        Node piece = read(text.append(']').toString(), new Wanted(List.of(), 99_990, 200, 1, false));

        assertThat(piece.count()).isEqualTo(100_000);
        assertThat(piece.members()).hasSize(10);
        assertThat(piece.members().get(0).text()).isEqualTo("99990");
    }

    @Test
    void deepNestingIsNoDeeperThanAskedFor() throws IOException {
        String text = "[".repeat(50_000) + "]".repeat(50_000);
        Node root = read(text, new Wanted(List.of(0, 0), 0, 10, 2, false));

        assertThat(root.members().get(0).members().get(0).members()).isEmpty();
        assertThat(root.members().get(0).members().get(0).count()).isEqualTo(1);
    }

    @Test
    void aBranchHasABoundOnItsValues() throws IOException {
        String inner = "[" + "1,".repeat(60) + "1]";
        Node root = read("[" + (inner + ",").repeat(199) + inner + "]", new Wanted(List.of(), 0, 1_000, 4, false));

        long values = root.members().stream()
                .mapToLong(each -> 1 + each.members().size())
                .sum();
        assertThat(values).isLessThanOrEqualTo(JsonBranch.MAX_NODES);
        assertThat(root.count()).isEqualTo(200);
    }

    @Test
    void whatStandsBeforeAFaultIsThereAndThePlaceOfTheFault() throws IOException {
        JsonBranch branch = JsonBranch.read(new StringReader("{\"a\": 1,\n \"b\": [1, oops]}"), all());

        assertThat(branch.node().orElseThrow().members()).hasSize(2);
        assertThat(branch.problem().orElseThrow().line()).isEqualTo(2);
        assertThat(branch.problem().orElseThrow().message()).contains("oops").doesNotContain("\n");
    }

    @Test
    void aFaultIsToldWithoutTheParsersWordsAboutItself() throws IOException {
        JsonBranch branch = JsonBranch.read(new StringReader("{\"a\":\n [1"), all());

        assertThat(branch.problem().orElseThrow().message())
                .endsWith("(start marker at line 2, column 2)")
                .doesNotContain("Source");
    }

    @Test
    void textBehindTheValueIsAFault() throws IOException {
        assertThat(JsonBranch.read(new StringReader("{} x"), all()).problem()).isPresent();
        assertThat(JsonBranch.read(new StringReader(""), all()).node()).isEmpty();
    }

    @Test
    void linesAreMembersOfOneRoot() throws IOException {
        Node root = read("{\"n\":1}\n[2]\n3\n", new Wanted(List.of(), 0, 10, 2, true));

        assertThat(root.kind()).isEqualTo("lines");
        assertThat(root.members()).extracting(Node::kind).containsExactly("object", "array", "number");
        assertThat(read("{\"n\":1}\n[2]\n3\n", new Wanted(List.of(1, 0), 0, 10, 2, true))
                        .text())
                .isEqualTo("2");
    }

    @Test
    void aLongStringIsCutAndCanBeHadWhole() throws IOException {
        String text = "[\"" + "x".repeat(5_000) + "\"]";

        assertThat(read(text, all()).members().get(0).text()).hasSize(JsonBranch.MAX_TEXT);
        assertThat(JsonBranch.value(new StringReader(text), List.of(0), false).orElseThrow())
                .hasSize(5_000);
    }

    @Test
    void theSearchTellsTheWayToWhatItFinds() throws IOException {
        JsonSearch found = JsonSearch.in(
                new StringReader("{\"Order\":{\"x\":[1,\"my ORDER\"]},\"y\":\"none\",\"z\":[[\"order\"]]}"),
                "order",
                false);

        assertThat(found.paths()).containsExactly(List.of(0), List.of(0, 0, 1), List.of(2, 0, 0));
        assertThat(found.more()).isFalse();
    }

    private static Wanted all() {
        return new Wanted(List.of(), 0, 200, 3, false);
    }

    private static Node read(String text, Wanted wanted) throws IOException {
        return JsonBranch.read(new StringReader(text), wanted).node().orElseThrow();
    }
}
