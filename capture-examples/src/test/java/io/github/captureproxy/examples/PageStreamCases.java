package io.github.captureproxy.examples;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;

/** WebSockets and streams of events, while they are open and afterwards. */
interface PageStreamCases extends PageCases {
    @Test
    default void messagesOfAWebSocketShowAsTheyPass() {
        browser().list("path:/ws");
        browser().seeText("[data-count]", " rows, 1 open");
        browser().openDetail("/ws?open");
        browser().seeText(".message.from-client", "{\"say\":\"hello\"}");
        var unused = stage().socket().sendText("{\"say\":\"still here\"}", true);
        browser().seeText(".message.from-client", "{\"say\":\"still here\"}");
        browser().seeText(".message.from-server", "{\"say\":\"still here\"}");
    }

    @Test
    default void aMessageOpensLikeABody() {
        browser().list("path:/ws");
        browser().openDetail("/ws?ended");
        browser().tab("messages");
        browser().click(".message.from-server .message-line", "hello");
        browser().tab("tree");
        browser().seeText(".message-open json-tree", "say");
    }

    @Test
    default void eventsShowAsTheyCome() {
        browser().list("path:/events");
        browser().openDetail("/events");
        browser().seeText(".message.from-server", "{\"price\": 17}");
        stage().origin().tell("{\"price\": 18}");
        browser().seeText(".message.from-server", "{\"price\": 18}");
    }

    @Test
    default void aLongListOfMessagesScrollsByItselfAndToTheLatest() {
        browser().list("path:/events");
        browser().openDetail("/events");
        for (int i = 1; i <= 60; i++) {
            stage().origin().tell("number " + i);
        }
        browser().seeText(".message.from-server", "number 60");
        browser().until("the latest message in view", () -> browser().script("""
                        const list = document.querySelector('.messages');
                        return list.scrollTop > 0 && list.scrollHeight - list.clientHeight - list.scrollTop < 2;
                        """));
        assertThat(browser().script("""
                        return [...document.querySelectorAll('html, main')]
                            .filter((part) => part.scrollHeight > part.clientHeight).map((part) => part.localName);
                        """)).as("what scrolls around it").isEqualTo(List.of());
    }

    @Test
    default void theLatestMessageIsInViewInALowWindow() {
        browser().inWindowOf(1024, 700, () -> {
            browser().list("path:/events");
            browser().openDetail("/events");
            for (int i = 61; i <= 100; i++) {
                stage().origin().tell("number " + i);
            }
            browser().seeText(".message.from-server", "number 100");
            browser()
                    .until("the latest message within the pane", () -> browser().script("""
                            const bottom = (selector) => document.querySelector(selector).getBoundingClientRect().bottom;
                            return bottom('.message:last-child') <= bottom('.detail-pane');
                            """));
        });
    }
}
