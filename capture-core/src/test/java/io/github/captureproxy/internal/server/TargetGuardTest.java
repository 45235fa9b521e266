package io.github.captureproxy.internal.server;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.github.captureproxy.exchange.Outcome.Status;
import io.github.captureproxy.internal.address.AddressLiteral;
import io.github.captureproxy.internal.config.Access;
import io.github.captureproxy.internal.forward.AddressPolicy.Client;
import io.github.captureproxy.internal.forward.Failure;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.NetworkInterface;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Predicate;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Which targets are kept from whom. */
class TargetGuardTest {
    private static final Client ELSEWHERE = new Client(at("198.51.100.7", 40_000), false);
    private static final Client HERE = new Client(at("127.0.0.1", 40_000), false);

    private final TargetGuard guard = guard(false);

    private static TargetGuard guard(boolean localTargets, InetSocketAddress... refused) {
        return new TargetGuard(access(localTargets, List.of(refused), target -> false));
    }

    private static Access access(
            boolean localTargets, List<InetSocketAddress> refused, Predicate<InetSocketAddress> besides) {
        return new Access(
                client -> true,
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                localTargets,
                Set.of(),
                refused,
                besides);
    }

    private static InetSocketAddress at(String address, int port) {
        return new InetSocketAddress(AddressLiteral.parse(address).orElseThrow(), port);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "127.0.0.1",
                "127.8.9.10",
                "0.0.0.0",
                "169.254.169.254",
                "169.254.1.1",
                "100.100.100.200",
                "168.63.129.16",
                "::1",
                "::",
                "fe80::1",
                "fd00:ec2::254",
                "::ffff:127.0.0.1",
                "::ffff:169.254.169.254",
                "::127.0.0.1",
                "64:ff9b::7f00:1",
                "2002:7f00:1::",
                "224.0.0.1",
                "ff02::1",
                "255.255.255.255"
            })
    void keepsClientsFromElsewhereFromThisMachinesOwn(String target) {
        assertThat(guard.refuses(at(target, 80), ELSEWHERE, false)).hasValueSatisfying(failure -> {
            assertThat(failure.httpStatus()).isEqualTo(403);
            assertThat(failure.status()).isEqualTo(Status.FORBIDDEN);
        });
    }

    @Test
    void keepsThemFromTheAddressesOfItsInterfaces() throws Exception {
        Optional<InetAddress> own = NetworkInterface.networkInterfaces()
                .flatMap(NetworkInterface::inetAddresses)
                .filter(address -> !address.isLoopbackAddress() && !address.isLinkLocalAddress())
                .findFirst();
        assumeTrue(own.isPresent(), "this machine has no address but the loopback");
        InetSocketAddress target = new InetSocketAddress(own.orElseThrow(), 80);
        assertThat(guard.refuses(target, ELSEWHERE, false))
                .map(Failure::httpStatus)
                .contains(403);
        assertThat(guard.refuses(target, HERE, false)).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(strings = {"203.0.113.1", "10.0.0.1", "192.168.1.1", "2001:db8::1", "fd00:1::1", "::ffff:203.0.113.1"})
    void letsThemReachTheirNetwork(String target) {
        assertThat(guard.refuses(at(target, 80), ELSEWHERE, false)).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(strings = {"127.0.0.1", "::1", "169.254.169.254", "fe80::1", "203.0.113.1"})
    void keepsNothingFromClientsOfThisMachine(String target) {
        assertThat(guard.refuses(at(target, 80), HERE, false)).isEmpty();
    }

    @Test
    void keepsAClientOfThisMachineThatIsTakenForOneFromElsewhereFromItToo() {
        Client cable = new Client(at("127.0.0.1", 40_000), true);
        assertThat(guard.refuses(at("127.0.0.1", 80), cable, false))
                .map(Failure::httpStatus)
                .contains(403);
        assertThat(guard.refuses(at("203.0.113.1", 80), cable, false)).isEmpty();
        assertThat(guard.refuses(at("127.0.0.1", 80), HERE, false)).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(strings = {"127.0.0.1", "169.254.169.254"})
    void keepsNothingFromAnyoneWhereItIsAllowed(String target) {
        assertThat(guard(true).refuses(at(target, 80), ELSEWHERE, false)).isEmpty();
    }

    @Test
    void keepsEveryoneFromItsOwnListenerWhateverIsAllowed() {
        TargetGuard open = guard(true);
        open.listens(at("127.0.0.1", 5555));
        assertThat(open.refuses(at("127.0.0.1", 5555), HERE, false))
                .map(Failure::status)
                .contains(Status.LOOP);
        assertThat(open.refuses(at("0.0.0.0", 5555), HERE, false))
                .map(Failure::status)
                .contains(Status.LOOP);
        assertThat(open.refuses(at("127.0.0.1", 5556), HERE, false)).isEmpty();
        assertThat(open.refuses(at("203.0.113.1", 5555), HERE, false)).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(strings = {"127.0.0.1", "127.0.0.2", "::1", "0.0.0.0"})
    void takesEveryAddressOfThisMachineForAListenerOnAll(String target) {
        guard.listens(at("0.0.0.0", 5555));
        assertThat(guard.refuses(at(target, 5555), HERE, false))
                .map(Failure::status)
                .contains(Status.LOOP);
    }

    @ParameterizedTest
    @ValueSource(strings = {"127.0.0.1", "169.254.169.254"})
    void letsAnyoneReachWhereTheConfigurationItselfLeads(String target) {
        assertThat(guard.refuses(at(target, 80), ELSEWHERE, true)).isEmpty();
    }

    @Test
    void seesALoopAlsoWhereTheConfigurationLeads() {
        guard.listens(at("127.0.0.1", 5555));
        assertThat(guard.refuses(at("127.0.0.1", 5555), HERE, true))
                .map(Failure::status)
                .contains(Status.LOOP);
    }

    @ParameterizedTest
    @ValueSource(strings = {"127.0.0.1", "127.0.0.2", "::1", "0.0.0.0", "::", "::ffff:127.0.0.1"})
    void keepsEveryoneFromARefusedPlaceOnTheLoopbackByAnyOfItsAddresses(String target) {
        TargetGuard refusing = guard(true, at("127.0.0.1", 8080));
        assertThat(refusing.refuses(at(target, 8080), HERE, true)).hasValueSatisfying(failure -> {
            assertThat(failure.httpStatus()).isEqualTo(403);
            assertThat(failure.status()).isEqualTo(Status.FORBIDDEN);
        });
        assertThat(refusing.refuses(at(target, 8081), HERE, false)).isEmpty();
    }

    @Test
    void keepsEveryoneFromARefusedPlaceElsewhereByThatAddressAlone() {
        TargetGuard refusing = guard(false, at("203.0.113.1", 8080));
        assertThat(refusing.refuses(at("203.0.113.1", 8080), ELSEWHERE, false)).isPresent();
        assertThat(refusing.refuses(at("203.0.113.2", 8080), ELSEWHERE, false)).isEmpty();
        assertThat(refusing.refuses(at("127.0.0.1", 8080), HERE, false)).isEmpty();
    }

    @Test
    void keepsEveryoneFromWhatTheProgramRefusesMeanwhile() {
        Set<Integer> refused = new HashSet<>();
        TargetGuard refusing = new TargetGuard(access(true, List.of(), target -> refused.contains(target.getPort())));
        assertThat(refusing.refuses(at("127.0.0.1", 8080), HERE, false)).isEmpty();
        refused.add(8080);
        assertThat(refusing.refuses(at("127.0.0.1", 8080), HERE, false))
                .map(Failure::status)
                .contains(Status.FORBIDDEN);
    }

    @Test
    void keepsEveryoneFromWhereTheProgramCannotTell() {
        TargetGuard failing = new TargetGuard(access(true, List.of(), target -> {
            throw new IllegalStateException("a program's own failure");
        }));
        assertThat(failing.refuses(at("127.0.0.1", 8080), HERE, false)).isPresent();
    }
}
