package io.github.captureproxy.examples;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import org.junit.jupiter.api.Test;
import org.openqa.selenium.Keys;

/** The views beside the list: sums, hosts, cookies, devices and settings. */
interface PagePanelCases extends PageCases {
    @Test
    default void theOverviewSumsUpAndLeadsToTheList() {
        browser().show("overview");
        browser().seeText(".facts", "Exchanges");
        assertThat(browser().texts("figcaption")).contains("By host", "By status", "By type", "Slowest", "Biggest");
        browser().see(".columns .column");
        browser().click(".bars a", "localhost");
        browser().seeText("[data-row] .cell-host", "localhost");
    }

    @Test
    default void aHostIsSwitchedToPassThroughAndItsTunnelSaysWhy() throws Exception {
        browser().show("hosts");
        browser().click("[data-host=localhost] label", "Pass through");
        browser().seeText("toast-list", "localhost is passed through");
        stage().getUntouched("/untouched");
        browser().list("");
        browser().seeText(".tunnel-row .why", "passed through: your rules leave this host alone");
        browser().click(".tunnel-row .fix", "Hosts");
        browser().click("[data-host=localhost] label", "Default");
        browser().seeText("toast-list", "localhost is decided on as any other host");
        stage().get("/seen-again");
        browser().list("path:/seen-again");
        browser().seeText("[data-row]", "/seen-again");
    }

    @Test
    default void whatWasDecidedForTunnelsIsToldWhileTheyAreOpen() throws Exception {
        browser().show("hosts");
        try (ServerSocket silent = new ServerSocket(0, 2, InetAddress.getLoopbackAddress());
                Socket first = tunnel(silent)) {
            first.getOutputStream().write("neither TLS nor HTTP\r\n".getBytes(UTF_8));
            browser().seeText("[data-host=localhost] .tunnels div", "1 Relayed open");
            browser().seeText("[data-host=localhost]", "Relayed: neither TLS nor HTTP");
            try (Socket second = tunnel(silent)) {
                second.getOutputStream().write("nor has this\r\n".getBytes(UTF_8));
                browser().seeText("[data-host=localhost] .tunnels div", "2 Relayed open");
            }
        }
    }

    private Socket tunnel(ServerSocket target) throws IOException {
        int port = stage().capture().address().getPort();
        Socket client = new Socket(InetAddress.getLoopbackAddress(), port);
        String connect = "CONNECT localhost:" + target.getLocalPort() + " HTTP/1.1\r\nHost: x\r\n\r\n";
        client.getOutputStream().write(connect.getBytes(UTF_8));
        assertThat(client.getInputStream().read()).isEqualTo('H');
        return client;
    }

    @Test
    default void aCookiesValueIsHiddenUntilItIsAskedFor() {
        browser().show("cookies");
        browser().click("[data-domain=localhost]");
        browser().seeText("[data-cookie=session]", "••••••");
        browser().click("[data-cookie=session] [data-action=show]");
        browser().seeText("[data-cookie=session]", "s3cret-");
        browser().seeText("cookies-view details", "set again, with another value");
    }

    @Test
    default void devicesAreToldHowToUseTheProxy() {
        browser().show("devices");
        browser()
                .seeText(
                        "devices-view",
                        "curl -x http://127.0.0.1:"
                                + stage().capture().address().getPort());
        browser().seeText("devices-view", "SHA-256");
        assumeTrue(HomeNetwork.find().isPresent(), "this machine has no network");
        assertThat(browser().attribute("img.qr", "naturalWidth")).isNotEqualTo("0");
        browser().seeText("[data-code]", "-");
        browser().click("lan-devices label", "iPhone");
        browser().seeText("lan-devices ol", "Certificate Trust Settings");
    }

    @Test
    default void aSettingTakesEffectAtOnce() throws Exception {
        record("-path:/unwanted");
        stage().traffic().send(stage().traffic().request("/unwanted"));
        stage().traffic().send(stage().traffic().request("/wanted"));
        browser().list("path:/*wanted");
        browser().seeText("[data-row]", "/wanted");
        assertThat(browser().texts("[data-row] .cell-path")).hasSize(1);
        record("");
        stage().traffic().send(stage().traffic().request("/unwanted"));
        browser().list("path:/unwanted");
        browser().seeText("[data-row]", "/unwanted");
    }

    @Test
    default void aSettingThatCannotBeSaysWhy() {
        browser().show("settings");
        browser().type("#set-filter", "status:nine");
        browser().click("[data-action=apply]");
        browser().seeText("#filter-problem", "status");
        browser().click(".apply button", "Discard");
        browser().seeNone("#filter-problem");
    }

    private void record(String filter) {
        browser().show("settings");
        browser().type("#set-filter", filter);
        if (filter.isEmpty()) {
            browser().press(Keys.BACK_SPACE);
        }
        browser().click("[data-action=apply]");
        browser().see("[data-action=apply]:disabled");
    }

    @Test
    default void linesOfASettingCountAsTheyAreTyped() {
        browser().show("settings");
        browser().type("#set-allow", "192.0.2.77");
        browser().see("[data-action=apply]:enabled");
        browser().press(Keys.ENTER, "192.0.2.78");
        browser().seeText(".apply", "This starts the proxy anew");
        assertThat(browser().attribute("#set-allow", "value")).isEqualTo("192.0.2.77\n192.0.2.78");
        browser().click(".apply button", "Discard");
    }
}
