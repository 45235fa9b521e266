package io.github.captureproxy.examples;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What there is to know of one exchange, but for its bodies. */
interface PageDetailCases extends PageCases {
    @Test
    default void headersAreThereAsTheyCame() {
        open("/api/items");
        browser().tab("request", "headers");
        browser().seeText("exchange-detail .field-list", "Accept-Encoding");
        browser().tab("response", "headers");
        browser().seeText("exchange-detail .field-list", "application/json");
    }

    @Test
    default void parametersOfTheUrlAreDecoded() {
        open("/api/items");
        browser().tab("request", "query");
        browser().seeText("[aria-label='Query parameters']", "a b");
        browser().seeText("[aria-label='Query parameters']", "<script>");
    }

    @Test
    default void cookiesAreTakenApart() {
        open("/api/orders");
        browser().tab("response", "cookies");
        browser().seeText("[aria-label=Cookies]", "session");
        browser().seeText("[aria-label=Cookies]", "Path=/; HttpOnly");
    }

    @Test
    default void timesAreDrawnByPhase() {
        open("/api/orders");
        browser().tab("timing");
        browser().seeText(".timings", "Waiting for the response");
        browser().seeText(".timings .total", "In all");
    }

    @Test
    default void bothSidesOfTlsAreTold() {
        open("/secret");
        browser().seeText("exchange-detail .url", "https://localhost");
        browser().tab("connection");
        browser().seeText("#detail-panel", "TLSv1.3");
        browser().seeText("#detail-panel", "JA4 fingerprint");
        browser().click(".certificate summary", "The server’s certificate");
        browser().seeText(".certificate", "CN=localhost");
    }

    @Test
    default void aRedirectLeadsToWhatFollowed() {
        open("/old");
        browser().click("[data-action=redirected-to]", "/page.html");
        browser().seeText("exchange-detail .url", "/page.html");
        browser().click("[data-action=redirected-from]", "/old");
        browser().seeText("exchange-detail .url", "/old");
    }

    @Test
    default void twoExchangesAreCompared() {
        browser().list("path:/api/*");
        browser().click("[data-row]", "/api/items");
        browser().clickToo("[data-row]", "/api/orders");
        browser().click("[data-action=compare]");
        browser().seeText("[aria-label=Exchange] .changed", "GET");
        browser().seeText("[aria-label=Exchange] .changed", "POST");
        browser().seeText(".line-diff .added", "placed");
    }

    @ParameterizedTest
    @CsvSource({"curl,curl", "fetch,fetch(", "java,HttpRequest", "raw,POST"})
    default void aCallIsCopiedToBeMadeAgain(String form, String begin) {
        open("/api/orders");
        browser().click("[data-action=copy-as]");
        browser().click("[data-form=" + form + "]");
        browser().seeText("toast-list", "copied");
        assertThat(browser().clipboard()).contains(begin, "/api/orders", "Bearer t0ken", "gift");
        browser().click("toast-list button");
    }

    @Test
    default void theMenuForCopiesStaysInALowWindow() {
        browser().inLowWindow(() -> {
            open("/api/orders");
            browser().click("[data-action=copy-as]");
            browser().click(".copy-forms label", "Leave secrets out");
            assertThat(browser().script("""
                            const menu = document.querySelector('.copy-forms').getBoundingClientRect();
                            return menu.top >= 0 && menu.bottom <= innerHeight;
                            """)).isEqualTo(true);
            browser().click(".copy-forms label", "Leave secrets out");
            browser().click("[data-action=copy-as]");
        });
    }

    @Test
    default void aBodyIsSavedAsItIs() throws Exception {
        open("/feed.xml");
        browser().tab("response", "body");
        browser().click("[data-action=save-body]");
        assertThat(Files.readString(browser().downloaded("feed.xml"))).contains("<entry>One &amp; two</entry>");
    }

    @Test
    default void aRowThatIsDeletedInAnotherWindowIsShownNoMore() throws Exception {
        stage().traffic().send(stage().traffic().request("/to-be-deleted"));
        open("/to-be-deleted");
        browser().script("""
                const row = document.querySelector('exchange-detail article').dataset.row;
                fetch('/api/rows', { method: 'DELETE', body: JSON.stringify({ ids: [Number(row)] }),
                  headers: { Authorization: `Bearer ${sessionStorage.getItem('capture-key')}` } });
                """);
        browser().seeText("exchange-detail", "This row was deleted.");
        browser().seeNone("exchange-detail article");
    }

    private void open(String path) {
        browser().list("path:" + path);
        browser().openDetail(path);
    }
}
