package io.github.captureproxy.internal.address;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class LocalhostNameTest {
    @ParameterizedTest
    @ValueSource(strings = {"localhost", "localhost.", "LocalHost", "app.localhost", "a.b.LOCALHOST."})
    void localhostAndWhatIsBelowItMeanThisMachine(String name) {
        assertThat(LocalhostName.is(name)).isTrue();
    }

    @ParameterizedTest
    @ValueSource(strings = {"notlocalhost", "nolocalhost.invalid", "localhost.test", "localhost..", ".", ""})
    void otherNamesDoNot(String name) {
        assertThat(LocalhostName.is(name)).isFalse();
    }
}
