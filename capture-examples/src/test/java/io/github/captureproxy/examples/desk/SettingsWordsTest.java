package io.github.captureproxy.examples.desk;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.github.captureproxy.CaptureProxy;
import io.github.captureproxy.ProxyStartException;
import io.github.captureproxy.examples.desk.SettingsCheck.Problem;
import org.junit.jupiter.api.Test;

/** What the page says of a change that the check let through, and that failed all the same. */
class SettingsWordsTest {
    private static DeskException busy() {
        try (CaptureProxy other = CaptureProxy.builder().port(0).start()) {
            ProxyStartException e = catchThrowableOfType(
                    ProxyStartException.class,
                    () -> CaptureProxy.builder().port(other.port()).start().close());
            return new DeskException("choose another with --port", new IllegalStateException("of the command line", e));
        }
    }

    @Test
    void aPortThatWasTakenMeanwhileIsSaidInTheWordsOfThePage() {
        assertThat(SettingsWords.of(busy())).singleElement().satisfies(problem -> {
            assertThat(problem.field()).isEqualTo("port");
            assertThat(problem.message()).endsWith("is in use: stop what listens there, or give another");
        });
    }

    @Test
    void whereTheOldProxyCannotStartAgainEitherBothAreSaid() {
        DeskException e = new DeskException("both failed", busy());
        e.addSuppressed(new DeskException("the authority can't be made"));
        assertThat(SettingsWords.of(e)).singleElement().satisfies(problem -> {
            assertThat(problem.field()).isEmpty();
            assertThat(problem.message())
                    .startsWith("the authority can't be made; and the proxy could not start again as it was: port ");
        });
    }

    @Test
    void whatHasNoOtherWordsStaysAsItIs() {
        assertThat(SettingsWords.of(new DeskException("no such folder")))
                .containsExactly(new Problem("", "no such folder"));
    }
}
