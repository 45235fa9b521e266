package io.github.captureproxy.internal.rules;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.captureproxy.internal.wire.HeadParser;
import io.github.captureproxy.internal.wire.MalformedMessageException;
import io.github.captureproxy.internal.wire.RequestHead;
import io.github.captureproxy.internal.wire.ResponseHead;
import io.github.captureproxy.rules.Answer;
import io.github.captureproxy.rules.RuleAction.HeaderEdit;
import java.util.BitSet;
import java.util.List;
import java.util.Optional;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.Size;
import org.junit.jupiter.api.Test;

class HeadsTest {
    private static final int LIMIT = 10_000;

    private static RequestHead parsed(String head) throws MalformedMessageException {
        return HeadParser.request(head.getBytes(ISO_8859_1), 100);
    }

    private static String text(byte[] bytes) {
        return new String(bytes, ISO_8859_1);
    }

    private static HeaderEdit set(String name, String value) {
        return new HeaderEdit(name, Optional.of(value), false);
    }

    private static HeaderEdit add(String name, String value) {
        return new HeaderEdit(name, Optional.of(value), true);
    }

    private static HeaderEdit remove(String name) {
        return new HeaderEdit(name, Optional.empty(), false);
    }

    @Test
    void fieldsAreSetInTheirPlaceAddedBehindAndTakenOut() throws Exception {
        RequestHead head = parsed("GET / HTTP/1.1\r\nHost: a\r\nx-A: 1\r\nB: 2\r\nX-a: 3\r\nC: 4\r\n\r\n");
        RequestHead changed = Heads.request(
                head, "PUT", "/x", List.of(set("X-A", "9"), remove("b"), add("C", "5"), set("D", "6")), LIMIT);
        assertThat(text(changed.bytes()))
                .isEqualTo("PUT /x HTTP/1.1\r\nHost: a\r\nX-A: 9\r\nC: 4\r\nC: 5\r\nD: 6\r\n\r\n");
    }

    @Test
    void whatIsKeptOutOfTablesStaysSo() throws Exception {
        BitSet never = new BitSet();
        never.set(2);
        RequestHead head = HeadParser.http2Request(
                "GET / HTTP/1.1\r\nhost: a\r\ngone: 1\r\nsecret: 2\r\nlast: 3\r\n\r\n".getBytes(ISO_8859_1), 9, never);
        RequestHead changed = Heads.request(head, "GET", "/", List.of(remove("gone"), add("new", "4")), LIMIT);
        assertThat(changed.isHttp2()).isTrue();
        assertThat(List.of(0, 1, 2, 3))
                .filteredOn(i -> changed.fields().isNeverIndexed(i))
                .containsExactly(1);
    }

    @Test
    void aHeadThatGetsLargerThanTheLimitIsRefused() throws Exception {
        RequestHead head = parsed("GET / HTTP/1.1\r\nHost: a\r\n\r\n");
        assertThatThrownBy(() -> Heads.request(head, "GET", "/", List.of(add("A", "b".repeat(100))), 100))
                .isInstanceOf(MalformedMessageException.class);
    }

    @Test
    void anAnswerSaysItsLengthUnlessItMayNot() throws Exception {
        ResponseHead head = Heads.answer(Answer.json("{}"), "GET", LIMIT);
        assertThat(text(head.bytes()))
                .isEqualTo("HTTP/1.1 200 OK\r\nContent-Type: application/json\r\nContent-Length: 2\r\n\r\n");
        assertThat(text(Heads.answer(Answer.of(204), "GET", LIMIT).bytes()))
                .isEqualTo("HTTP/1.1 204 No Content\r\n\r\n");
        assertThat(text(Heads.answer(Answer.of(304), "GET", LIMIT).bytes()))
                .isEqualTo("HTTP/1.1 304 Not Modified\r\n\r\n");
        assertThat(text(Heads.answer(Answer.of(200), "HEAD", LIMIT).bytes())).isEqualTo("HTTP/1.1 200 OK\r\n\r\n");
        assertThat(text(Heads.answer(Answer.of(200).body("ok"), "HEAD", LIMIT).bytes()))
                .isEqualTo("HTTP/1.1 200 OK\r\nContent-Length: 2\r\n\r\n");
    }

    @Test
    void aNewStatusHasItsOwnReason() throws Exception {
        ResponseHead head = HeadParser.response("HTTP/1.1 200 Fine\r\nA: 1\r\n\r\n".getBytes(ISO_8859_1), 9);
        assertThat(text(Heads.response(head, 503, List.of(), LIMIT).bytes()))
                .isEqualTo("HTTP/1.1 503 Service Unavailable\r\nA: 1\r\n\r\n");
        assertThat(text(Heads.response(head, 200, List.of(), LIMIT).bytes()))
                .isEqualTo("HTTP/1.1 200 Fine\r\nA: 1\r\n\r\n");
    }

    @Property(tries = 200)
    void editsLeaveAllOtherFieldsAsTheyWere(@ForAll @Size(max = 8) List<Boolean> others) throws Exception {
        StringBuilder fields = new StringBuilder();
        StringBuilder expected = new StringBuilder();
        boolean seen = false;
        for (int i = 0; i < others.size(); i++) {
            String line = (others.get(i) ? "Other" : i % 2 == 0 ? "Mine" : "mINE") + ": " + i + "\r\n";
            fields.append(line);
            if (others.get(i)) {
                expected.append(line);
            } else if (!seen) {
                seen = true;
                expected.append("Mine: new\r\n");
            }
        }
        expected.append(seen ? "" : "Mine: new\r\n");
        RequestHead head = parsed("GET / HTTP/1.1\r\n" + fields + "\r\n");
        RequestHead changed = Heads.request(head, "GET", "/", List.of(set("Mine", "new")), LIMIT);
        assertThat(text(changed.bytes())).isEqualTo("GET / HTTP/1.1\r\n" + expected + "\r\n");
    }
}
