package io.github.captureproxy.examples.desk;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.captureproxy.examples.desk.SettingsCheck.Problem;
import io.github.captureproxy.tls.HstsMode;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What is wrong with settings, found before a proxy is ended for them. */
@Timeout(30)
class SettingsCheckTest {
    private static final DeskSettings NOW = new DeskSettings(5555, "127.0.0.1", List.of(), Optional.empty(), false, "");

    private static List<Problem> problems(DeskSettings wanted) {
        return problems(wanted, false);
    }

    private static List<Problem> problems(DeskSettings wanted, boolean devices) {
        List<InetSocketAddress> listening =
                List.of(new InetSocketAddress("127.0.0.1", 5555), new InetSocketAddress("127.0.0.1", 7777));
        return SettingsCheck.problems(NOW, listening, wanted, devices);
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
            assertProblem(
                    NOW.withPort(taken.getLocalPort()),
                    "port",
                    "port " + taken.getLocalPort() + " on 127.0.0.1 is in use");
        }
    }

    @Test
    void whatIsWrongStandsBesideItsField() {
        assertProblem(settings("127.0.0.1", List.of("10.0.0.0/99"), "", ""), "allow", "give an address or a network");
        assertProblem(settings("no address", List.of(), "", ""), "bind", "give an address of this machine");
        assertProblem(settings("127.0.0.1", List.of(), "user:", ""), "password", "give a password");
        assertProblem(settings("127.0.0.1", List.of(), ":secret", ""), "user", "give a user name");
    }

    @Test
    void anAddressThatOthersReachNeedsAccessInTheWordsOfThePage() {
        assertProblem(settings("0.0.0.0", List.of(), "", ""), "bind", "under Access");
        assertProblem(settings("0.0.0.0", List.of(), "", ""), "bind", "Allowed addresses or by User and Password");
        assertThat(problems(settings("0.0.0.0", List.of("10.0.0.0/8"), "", ""))).isEmpty();
    }

    @Test
    void anAddressOfAnotherMachineIsSaidToBeOneWithOrWithoutAccess() {
        String words = "192.0.2.77 is not an address of this machine: give 127.0.0.1, 0.0.0.0 or one that is";
        assertProblem(settings("192.0.2.77", List.of(), "", ""), "bind", words);
        assertProblem(settings("192.0.2.77", List.of("10.0.0.0/8"), "", ""), "bind", words);
    }

    @Test
    void noWordIsOneOfAProgrammer() {
        List<DeskSettings> wrong = List.of(
                settings("0.0.0.0", List.of(), "", ""),
                settings("192.0.2.77", List.of(), "", ""),
                settings("", List.of("x", "10.0.0.0/99"), ":", "socks5://h"),
                settings("127.0.0.1", List.of(), "", "http://h:0"),
                NOW.with(new Inspecting(HstsMode.ADAPTIVE, List.of("*", "a/b"), Map.of(), Map.of())),
                new DeskSettings(5555, "127.0.0.1", List.of(), Optional.empty(), false, "path:/a?b"),
                new DeskSettings(5555, "127.0.0.1", List.of(), Optional.empty(), false, "query:=b"));
        assertThat(wrong)
                .allSatisfy(settings -> assertThat(problems(settings))
                        .isNotEmpty()
                        .allSatisfy(problem -> assertThat(problem.message())
                                .doesNotContainPattern("[a-z][A-Z]|\\w\\(|--[a-z]|^\"\"")));
    }

    @ParameterizedTest
    @ValueSource(strings = {"127.0.0.1:5555", "http://me:secret@localhost:5555", "0.0.0.0:5555", "127.0.0.1:7777"})
    void anUpstreamProxyThatIsTheProxyItselfIsRefused(String upstream) {
        assertProblem(settings("127.0.0.1", List.of(), "", upstream), "upstream", "this is the proxy itself");
    }

    @Test
    void anUpstreamProxyOnAnotherPortOrAddressOfThisMachineIsTaken() {
        assertThat(problems(settings("127.0.0.1", List.of(), "", "127.0.0.1:5556")))
                .isEmpty();
        assertThat(problems(settings("127.0.0.1", List.of(), "", "127.0.0.2:5555")))
                .isEmpty();
        assertProblem(
                settings("0.0.0.0", List.of("10.0.0.0/8"), "", "127.0.0.2:5555"),
                "upstream",
                "this is the proxy itself");
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
        assertThat(problems(settings("0.0.0.0", List.of(), "", ""), true)).isEmpty();
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
