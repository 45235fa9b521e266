package io.github.captureproxy.examples.desk;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.captureproxy.examples.desk.SettingsCheck.Problem;
import io.github.captureproxy.tls.HstsMode;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** What is wrong with settings, found before a proxy is ended for them. */
@Timeout(30)
class SettingsCheckTest {
    private static final DeskSettings NOW = new DeskSettings(5555, "127.0.0.1", List.of(), Optional.empty(), false, "");

    private static List<Problem> problems(DeskSettings wanted) {
        return SettingsCheck.problems(NOW, 5555, wanted, false);
    }

    private static DeskSettings settings(String bind, List<String> allow, String login, String upstream) {
        return new DeskSettings(
                5555,
                bind,
                allow,
                Optional.of(login).filter(text -> !text.isEmpty()),
                false,
                "",
                Inspecting.DEFAULT,
                Optional.of(upstream).filter(text -> !text.isEmpty()),
                Optional.empty());
    }

    private static void assertProblem(DeskSettings wanted, String field, String words) {
        assertThat(problems(wanted)).singleElement().satisfies(problem -> {
            assertThat(problem.field()).isEqualTo(field);
            assertThat(problem.message()).contains(words);
        });
    }

    @Test
    void nothingIsWrongWithWhatWorks() {
        assertThat(problems(NOW)).isEmpty();
        assertThat(problems(settings("127.0.0.1", List.of("10.0.0.0/8"), "user:secret", "http://up.test:3128")))
                .isEmpty();
    }

    @Test
    void aPortInUseIsFoundWithItsNumber() throws Exception {
        try (ServerSocket taken = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            assertProblem(NOW.withPort(taken.getLocalPort()), "port", "port " + taken.getLocalPort() + " can't be had");
        }
    }

    @Test
    void theLibrarysWordsStandBesideTheirField() {
        assertProblem(settings("127.0.0.1", List.of("10.0.0.0/99"), "", ""), "allow", "give an address or a network");
        assertProblem(settings("no address", List.of(), "", ""), "bind", "give an address of this machine");
        assertProblem(settings("0.0.0.0", List.of(), "", ""), "bind", "say who may use the proxy");
        assertProblem(settings("127.0.0.1", List.of(), "user:", ""), "login", "give a password");
        assertProblem(settings("192.0.2.77", List.of("10.0.0.0/8"), "", ""), "bind", "192.0.2.77");
    }

    @Test
    void anUpstreamProxyIsReadAsOnTheCommandLine() {
        assertThat(problems(settings("127.0.0.1", List.of(), "", "up.test:3128")))
                .isEmpty();
        assertThat(problems(settings("127.0.0.1", List.of(), "", "user:p%40ss@up.test")))
                .isEmpty();
        assertProblem(settings("127.0.0.1", List.of(), "", "socks5://up.test"), "upstream", "");
    }

    @Test
    void whereDevicesAreLetInOneByOneAnAddressOfTheNetworkIsNotOpenToAll() {
        assertThat(SettingsCheck.problems(NOW, 5555, settings("0.0.0.0", List.of(), "", ""), true))
                .isEmpty();
    }

    @Test
    void noSecretIsInTheWords() {
        List<Problem> found = problems(settings("127.0.0.1", List.of(), "", "ftp://user:hidden@up.test"));
        assertThat(found).singleElement().satisfies(problem -> {
            assertThat(problem.field()).isEqualTo("upstream");
            assertThat(problem.message()).doesNotContain("hidden");
        });
        assertThat(problems(settings("127.0.0.1", List.of(), "", "http://user:hid den@up")))
                .allSatisfy(problem -> assertThat(problem.message()).doesNotContain("hid den"));
    }

    @Test
    void rulesForHostsAndFiltersAreReadToo() {
        Inspecting rules = new Inspecting(HstsMode.ADAPTIVE, List.of("http://a.test"), Map.of(), Map.of());
        assertProblem(NOW.with(rules), "passThrough", "a host without scheme and path");
        assertProblem(
                new DeskSettings(5555, "127.0.0.1", List.of(), Optional.empty(), false, "status:("), "filter", "");
    }
}
