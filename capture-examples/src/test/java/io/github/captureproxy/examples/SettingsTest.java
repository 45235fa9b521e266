package io.github.captureproxy.examples;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class SettingsTest {
    private static final Place LOOPBACK = new Place("127.0.0.1", 5555, "");
    private static final Place CABLE = new Place("10.9.8.7", 5555, "eth0");
    private static final Place WIFI = new Place("192.168.7.20", 5555, "wlan0");
    private static final HomeNetwork HOME = new HomeNetwork("192.168.7.20", "192.168.7.0/24");

    @Test
    void onTheLoopbackItServesThisMachineAloneAndTellsHowAPhoneGetsIn() {
        Settings settings =
                new Settings(List.of(LOOPBACK), Optional.empty(), List.of(), Optional.of(HOME), Optional.empty());

        assertThat(settings.lines())
                .contains(
                        "Capture Proxy listens on 127.0.0.1:5555, for programs on this machine alone.",
                        "curl     curl -x http://127.0.0.1:5555 http://example.com/",
                        "browser  proxy for HTTP and HTTPS: host 127.0.0.1, port 5555",
                        "phone    can't reach this machine's loopback: start with --lan, or by cable with --android");
    }

    @Test
    void boundWideItListsItsAddressesAndGivesThePhoneTheOneOnItsNetwork() {
        Settings settings = new Settings(
                List.of(LOOPBACK, CABLE, WIFI),
                Optional.empty(),
                List.of("192.168.7.0/24"),
                Optional.of(HOME),
                Optional.empty());

        assertThat(settings.lines())
                .contains(
                        "Capture Proxy listens, for this machine and 192.168.7.0/24, on",
                        "  127.0.0.1:5555               this machine",
                        "  192.168.7.20:5555            wlan0",
                        "phone    in the settings of its Wi-Fi, proxy by hand: host 192.168.7.20, port 5555");
    }

    @Test
    void anIpv6AddressStandsInBracketsInUrlsOnly() {
        Settings settings = new Settings(
                List.of(new Place("::1", 5555, "")), Optional.empty(), List.of(), Optional.empty(), Optional.empty());

        assertThat(settings.lines())
                .contains(
                        "curl     curl -x http://[::1]:5555 http://example.com/",
                        "browser  proxy for HTTP and HTTPS: host ::1, port 5555");
    }

    @Test
    void theUserIsInTheSettingsAndThePasswordIsNot() {
        Settings settings =
                new Settings(List.of(LOOPBACK), Optional.of("o'hara x"), List.of(), Optional.empty(), Optional.empty());

        assertThat(settings.lines())
                .contains(
                        "curl     curl -x http://127.0.0.1:5555 -U 'o'\\''hara x' http://example.com/",
                        "shell    export http_proxy=http://o%27hara%20x:PASSWORD@127.0.0.1:5555 "
                                + "https_proxy=http://o%27hara%20x:PASSWORD@127.0.0.1:5555");
    }
}
