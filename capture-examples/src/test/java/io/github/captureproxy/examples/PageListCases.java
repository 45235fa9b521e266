package io.github.captureproxy.examples;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.captureproxy.exchange.InFlightExchange;
import io.github.captureproxy.exchange.Outcome;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.openqa.selenium.Keys;

/** The list: what is in it, how it is narrowed and sorted, and what is marked in it. */
interface PageListCases extends PageCases {
    @Test
    default void whatIsCapturedWhileThePageIsOpenShowsInIt() throws Exception {
        browser().list("");
        stage().traffic().send(stage().traffic().request("/just-now"));
        browser().seeText("[data-row] .cell-path", "/just-now");
    }

    @Test
    default void aFilterNarrowsTheListAsOneTypes() {
        browser().list("");
        browser().type("[name=filter]", "status:404");
        showsOnly(".cell-status", "404");
        browser().click("[aria-label='Clear the filter']");
        browser().seeText(".cell-path", "/page.html");
    }

    @Test
    default void aFilterThatCannotBeReadSaysWhatIsWrongAndWhere() {
        browser().list("");
        browser().type("[name=filter]", "path:/page.html status:nine");
        browser().seeText("#filter-problem", "status");
        browser().seeText("#filter-problem mark", "nine");
        assertThat(browser().attribute("[name=filter]", "aria-invalid")).isEqualTo("true");
        browser().click("[aria-label='Clear the filter']");
        browser().seeNone("#filter-problem");
    }

    @Test
    default void togglesNarrowTheListByAClick() {
        browser().list("");
        browser().click("[data-toggle='status:5']");
        showsOnly(".cell-status", "500");
        browser().click("[data-toggle='types:image']");
        browser().seeText("[data-empty=nothing-matches]", "Nothing matches");
        browser().click("[data-action=clear]", "Show all rows");
        browser().seeText(".cell-path", "/page.html");
    }

    @Test
    default void aSearchFindsWordsInBodies() {
        browser().list("");
        browser().type("[name=search]", "\"it broke\"");
        showsOnly(".cell-path", "/broken");
        browser().click("[aria-label='Clear the search']");
    }

    @Test
    default void aClickOnAColumnSorts() {
        browser().list("is:api -is:tunnelled");
        browser().click(".cell-status .sorter");
        browser().see(".cell-status[aria-sort=ascending]");
        browser().until("rows by status", () -> {
            List<String> statuses = browser().texts("[data-row] .cell-status");
            return statuses.size() > 1
                    && statuses.equals(statuses.stream().sorted().toList());
        });
        browser().click(".cell-status .sorter");
        browser().see(".cell-status[aria-sort=descending]");
    }

    @Test
    default void hostsBesideTheListNarrowIt() {
        browser().list("");
        browser().click("[data-action=hosts]");
        browser().click("[data-host='127.0.0.1']");
        showsOnly(".cell-host", "127.0.0.1");
        browser().click("[data-host='']");
        browser().click("[data-action=hosts]");
        browser().seeNone(".host-list");
    }

    @Test
    default void aPinnedRowIsFoundByItsPin() {
        browser().list("path:/feed.xml");
        browser().click("[data-row]", "/feed.xml");
        browser().click("[data-action=pin]", "Pin");
        browser().seeText("[data-row] .cell-flags", "pinned");
        browser().list("");
        browser().click("[data-toggle=pinned]");
        showsOnly(".cell-path", "/feed.xml");
        browser().click("[data-row]", "/feed.xml");
        browser().click("[data-action=pin]", "Unpin");
        browser().seeText("[data-empty=nothing-matches]", "Nothing matches");
    }

    @Test
    default void aNoteStaysBesideItsRow() {
        browser().list("path:/style.css");
        browser().click("[data-row]", "/style.css");
        browser().click("[data-action=note]");
        browser().type("dialog textarea", "why is it red?");
        browser().click("dialog .main");
        browser().seeText("[data-row] .cell-flags", "has a note");
        assertThat(browser().attribute("[data-row] .cell-flags [title]", "title"))
                .isEqualTo("why is it red?");
    }

    @Test
    default void theWayToTheNewestRowIsOfferedWhileItIsOutOfView() {
        browser().inLowWindow(() -> {
            browser().list("path:/feed.xml");
            browser().openDetail("/feed.xml");
            browser().click("[data-action=close-detail]");
            browser().seeNone("[data-action=follow]");
            browser().list("");
            browser().until("the end of a long list", () -> browser().script("""
                            const grid = document.querySelector('.grid');
                            grid.scrollTop = grid.scrollHeight;
                            return grid.scrollTop > 100;
                            """));
            browser().click("[data-action=follow]");
            browser().seeNone("[data-action=follow]");
        });
    }

    @Test
    default void theKeysAreShownFromTheFirstOneOn() {
        browser().list("");
        browser().inLowWindow(() -> {
            browser().click("[data-action=keys]");
            browser().see("dialog .keys");
            assertThat(browser().script("return document.querySelector('dialog').scrollTop"))
                    .isEqualTo(0L);
            browser().press(Keys.ESCAPE);
            browser().seeNone("dialog");
        });
    }

    @Test
    default void ofAStatusThatDoesNotTellAllAMarkSaysWhatIsWrong() throws Exception {
        stage().hostile().cutOff("/cut-off");
        browser().list("path:/cut-off");
        browser().openDetail("/cut-off");
        browser().seeText("[data-row] .cell-status", "200");
        browser().seeText("[data-row] .cell-status", "cut off");
        browser().see("[data-row] .cell-status .icon");
        assertThat(tooWide("[...document.querySelectorAll('[data-row] .cell-status')].map((cell) => cell.innerHTML)"))
                .isEmpty();
    }

    @Test
    default void theStatusColumnHasRoomForAllItsWords() {
        browser().list("path:/page.html");
        browser().openDetail("/page.html");
        String outcomes = Stream.of(Outcome.Status.values())
                .map(outcome -> "{outcome:'" + outcome + "'}")
                .collect(Collectors.joining(","));
        String waiting = Stream.of(InFlightExchange.WaitingFor.values())
                .map(waits -> "{open:true,detail:'" + waits + "'}")
                .collect(Collectors.joining(","));
        assertThat(tooWide("[" + outcomes + "," + waiting + "].map((row) =>"
                        + " `<span class='status is-failed'>${words.status(row).text}</span>`)"))
                .isEmpty();
    }

    /** Which of these contents a cell of the status column would cut. */
    private List<?> tooWide(String contents) {
        return (List<?>) browser().driver().executeAsyncScript("""
                const done = arguments[arguments.length - 1];
                import('/traffic/row-words.js').then((words) => {
                  const cell = document.querySelector('[data-row] .cell-status');
                  const trial = cell.cloneNode();
                  cell.after(trial);
                  done(%s.filter((content) => {
                    trial.innerHTML = content;
                    return trial.scrollWidth > trial.clientWidth;
                  }));
                  trial.remove();
                }).catch((error) => done([String(error)]));
                """.formatted(contents));
    }

    private void showsOnly(String cell, String text) {
        browser().until(text + " alone", () -> {
            List<String> texts = browser().texts("[data-row] " + cell);
            return !texts.isEmpty() && texts.stream().allMatch(each -> each.contains(text));
        });
    }
}
