package io.github.captureproxy.examples;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.openqa.selenium.Keys;

/** Sessions, files that are saved and read, and calls that are made again. */
interface PageSessionCases extends PageCases {
    @Test
    default void aSessionIsStartedPausedResumedStoppedAndNamed() throws Exception {
        browser().show("sessions");
        browser().type("[name=name]", "Checkout");
        browser().click("button", "Start a session");
        browser().seeText("[data-session]", "running");
        browser().seeText("footer", "session “Checkout”");
        stage().traffic().send(stage().traffic().request("/within"));

        browser().click("[data-session] button", "Pause");
        browser().seeText("[data-session]", "paused");
        browser().click("[data-session] button", "Resume");
        browser().seeText("[data-session]", "running");
        browser().click("[data-session] button", "Stop");
        browser().seeText("[data-session]", "stopped");
        browser().click("[data-session] button", "Rename");
        browser().type("dialog [name=answer]", "Checkout, without a voucher");
        browser().click("dialog .main");
        browser().click("[data-session] a", "Checkout, without a voucher");
        browser().seeText("[data-count]", "1 of ");
        browser().seeText("[data-row]", "/within");
    }

    @Test
    default void aSelectionIsSavedAndReadInAgain() throws Exception {
        browser().list("path:/api/orders");
        browser().click("[data-row]", "/api/orders");
        browser().click("[data-action=export]");
        browser().type("dialog [name=name]", "orders");
        browser().click("dialog .main");
        browser().seeNone("dialog");
        Path file = browser().downloaded("orders.har");
        assertThat(Files.readString(file)).contains("/api/orders").doesNotContain("t0ken");

        browser().show("sessions");
        browser().choose("sessions-view [type=file]", file);
        browser().seeText("toast-list", "1 exchange read from orders.har");
        browser().click("[data-session] a", "orders");
        browser().seeText("[data-count]", "1 of ");
        browser().openDetail("/api/orders");
    }

    @Test
    default void aCallIsSentAgainAsItWasAndEdited() {
        browser().list("path:/missing");
        browser().click("[data-row]", "/missing");
        browser().click("[data-action=replay]");
        browser().click("dialog .main", "Send");
        browser().seeText("dialog .answer", "404");

        String url = browser().attribute("dialog [name=url]", "value");
        browser().type("dialog [name=url]", url.replace("/missing", "/mended"));
        browser().click("dialog .main", "Send");
        browser().seeText("dialog .answer", "200");
        browser().seeText("dialog .answer", "you asked for /mended");
        browser().press(Keys.ESCAPE);
        browser().seeNone("dialog");
        browser().list("path:/mended");
        browser().seeText("[data-row]", "/mended");
    }
}
