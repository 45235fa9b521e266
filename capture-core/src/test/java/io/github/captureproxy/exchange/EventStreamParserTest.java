package io.github.captureproxy.exchange;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.OptionalLong;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Events come out of their stream the same at any split of it. */
@SuppressWarnings("StringConcatToTextBlock") // with every line end there is
class EventStreamParserTest {
    private static final String STREAM = "\uFEFF: hello\r\nevent: tick\r\ndata: one\r\ndata:two\r\nid: 7\r\n\r\n"
            + "retry: 250\ndata\n\ndata:  für\r\revent: lost\n\nid\ndata: {\"a\":1}\n\ndata: never ends\n";

    /** Longer than a line is kept. */
    private static final String LONG = "1".repeat(EventStreamParser.MAX_DATA_BYTES);

    private static final List<ServerSentEvent> EVENTS = List.of(
            new ServerSentEvent("tick", "one\ntwo", "7", OptionalLong.empty(), false),
            new ServerSentEvent("message", "", "7", OptionalLong.of(250), false),
            new ServerSentEvent("message", " für", "7", OptionalLong.empty(), false),
            new ServerSentEvent("message", "{\"a\":1}", "", OptionalLong.empty(), false));

    @Test
    void eventsAreTheSameAtEverySplit() {
        byte[] bytes = STREAM.getBytes(UTF_8);
        for (int split = 0; split <= bytes.length; split++) {
            List<ServerSentEvent> events = new ArrayList<>();
            EventStreamParser parser = new EventStreamParser(events::add);
            parser.feed(bytes, 0, split);
            parser.feed(bytes, split, bytes.length - split);
            assertThat(events).as("split at %s", split).isEqualTo(EVENTS);
        }
    }

    @Test
    void dataIsCutAtItsBound() {
        List<ServerSentEvent> events = new ArrayList<>();
        EventStreamParser parser = new EventStreamParser(events::add);
        byte[] line = ("data: " + "x".repeat(999_994) + "\n").getBytes(UTF_8);
        parser.feed(line, 0, line.length);
        parser.feed(line, 0, line.length);
        parser.feed(new byte[] {'\n'}, 0, 1);
        parser.feed("data: y\n\n".getBytes(UTF_8), 0, 9);

        assertThat(events).hasSize(2);
        assertThat(events.get(0).truncated()).isTrue();
        assertThat(events.get(0).data()).hasSize(EventStreamParser.MAX_DATA_BYTES);
        assertThat(events.get(1)).isEqualTo(new ServerSentEvent("message", "y", "", OptionalLong.empty(), false));
    }

    @Test
    void aLineWithoutAnEndTakesNoMoreThanItsBound() {
        List<ServerSentEvent> events = new ArrayList<>();
        EventStreamParser parser = new EventStreamParser(events::add);
        byte[] much = "data: xxxxxxxxxx".repeat(100_000).getBytes(UTF_8);
        parser.feed(much, 0, much.length);
        parser.feed("\n\n".getBytes(UTF_8), 0, 2);

        assertThat(events).singleElement().satisfies(event -> {
            assertThat(event.truncated()).isTrue();
            assertThat(event.data().length()).isLessThan(EventStreamParser.MAX_DATA_BYTES);
        });
    }

    /** What no client looks at (HTML standard, "event stream interpretation") is missed by nobody. */
    @ParameterizedTest
    @ValueSource(strings = {": ", "unknown: ", "retry: ", "data-", ""})
    void aLineThatMeansNothingMayBeCut(String start) {
        assertThat(events("data: a\n" + start + LONG + "\ndata: b\n\n" + start + LONG + "\n\ndata: c\n\n"))
                .containsExactly(
                        new ServerSentEvent("message", "a\nb", "", OptionalLong.empty(), false),
                        new ServerSentEvent("message", "c", "", OptionalLong.empty(), false));
    }

    @ParameterizedTest
    @ValueSource(strings = {"data: ", "event: "})
    void anEventOfWhichAFieldWasCutSaysSoAndTheNextOneDoesNot(String start) {
        assertThat(events(": hello\n" + start + LONG + "\ndata: b\n: goes on\n\ndata: c\n\n"))
                .extracting(ServerSentEvent::truncated)
                .containsExactly(true, false);
    }

    @Test
    void anIdThatWasCutIsSaidToBeByEachEventThatShowsIt() {
        List<ServerSentEvent> events =
                events("id: " + LONG + "\n\ndata: a\n\ndata: b\n\ndata: c\nid: 8\n\ndata: d\n\n");
        assertThat(events).extracting(ServerSentEvent::truncated).containsExactly(true, true, false, false);
        assertThat(events)
                .extracting(event -> event.lastEventId().length())
                .containsExactly(LONG.length() - "id: ".length(), LONG.length() - "id: ".length(), 1, 1);
    }

    /** It changes nothing: the id of before stays, whole as it is. */
    @Test
    void anIdThatIsNoneMayBeCut() {
        assertThat(events("id: 7\n\nid: \0" + LONG + "\ndata: a\n\n"))
                .containsExactly(new ServerSentEvent("message", "a", "7", OptionalLong.empty(), false));
    }

    @Test
    void aLineFeedThatHasNoRoomWasCutToo() {
        String half = "data:" + "x".repeat(EventStreamParser.MAX_DATA_BYTES / 2 - 1) + "\n";
        assertThat(events(half + half + "data\n\n")) // half, a line feed, half, a line feed
                .singleElement()
                .satisfies(event -> assertThat(event.truncated()).isFalse());
        assertThat(events(half + half + "data\ndata\n\n"))
                .singleElement()
                .satisfies(event -> assertThat(event.truncated()).isTrue());
    }

    private static List<ServerSentEvent> events(String stream) {
        List<ServerSentEvent> events = new ArrayList<>();
        byte[] bytes = stream.getBytes(UTF_8);
        new EventStreamParser(events::add).feed(bytes, 0, bytes.length);
        return events;
    }
}
