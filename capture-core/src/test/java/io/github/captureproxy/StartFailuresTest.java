package io.github.captureproxy;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.github.captureproxy.InvalidConfigurationException.Problem;
import org.junit.jupiter.api.Test;

/** What a program can tell its user when a proxy does not start. */
class StartFailuresTest {
    @Test
    void aBusyPortIsTheReasonAndItsAddressIsNamed() {
        try (CaptureProxy first = CaptureProxy.builder().port(0).start()) {
            CaptureProxyBuilder second = CaptureProxy.builder().port(first.port());
            ProxyStartException failure = catchThrowableOfType(ProxyStartException.class, second::start);

            assertThat(failure.reason()).isEqualTo(ProxyStartException.Reason.PORT_IN_USE);
            assertThat(failure.address()).contains(first.address());
            assertThat(failure)
                    .hasMessage("port " + first.port() + " on 127.0.0.1 is in use: stop what listens there, or choose "
                            + "another with port(...); port(0) picks a free one");
        }
    }

    @Test
    void anAddressOfAnotherMachineIsTheReason() {
        CaptureProxyBuilder builder =
                CaptureProxy.builder().port(0).bind("198.51.100.77").credentials("me", "secret");
        ProxyStartException failure = catchThrowableOfType(ProxyStartException.class, builder::start);

        assertThat(failure.reason()).isEqualTo(ProxyStartException.Reason.NOT_AN_ADDRESS_OF_THIS_MACHINE);
    }

    @Test
    void eachProblemComesInItsPartsForProgramsWithOtherNamesForTheOptions() {
        CaptureProxyBuilder builder = CaptureProxy.builder().port(70_000).via("two words");
        InvalidConfigurationException failure =
                catchThrowableOfType(InvalidConfigurationException.class, builder::start);

        assertThat(failure.problems()).extracting(Problem::option).containsExactly("port", "via");
        assertThat(failure.problems().get(0))
                .isEqualTo(new Problem("port", "70000", "give 1 to 65535, or 0 for a free one"))
                .hasToString("port(70000): give 1 to 65535, or 0 for a free one");
    }

    @Test
    void aSingleProblemIsTheWholeMessage() {
        assertThatExceptionOfType(InvalidConfigurationException.class)
                .isThrownBy(CaptureProxy.builder().port(70_000)::start)
                .withMessage("port(70000): give 1 to 65535, or 0 for a free one");
    }
}
