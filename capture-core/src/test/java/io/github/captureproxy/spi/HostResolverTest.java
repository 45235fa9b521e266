package io.github.captureproxy.spi;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.InetAddress;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class HostResolverTest {
    @ParameterizedTest
    @ValueSource(strings = {"localhost", "localhost.", "LocalHost", "app.localhost", "a.b.LOCALHOST."})
    void namesOfThisMachineHaveTheAddressesOfLocalhost(String name) throws Exception {
        assertThat(HostResolver.system().resolve(name)).containsExactly(InetAddress.getAllByName("localhost"));
    }
}
