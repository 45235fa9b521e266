package io.github.captureproxy.spi;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.net.InetAddress;
import java.net.UnknownHostException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class HostResolverTest {
    private final HostResolver resolver = HostResolver.system();

    @ParameterizedTest
    @ValueSource(strings = {"localhost", "localhost.", "LocalHost", "app.localhost", "a.b.LOCALHOST."})
    void namesOfThisMachineAreItsLoopback(String name) throws Exception {
        assertThat(resolver.resolve(name)).isNotEmpty().allMatch(InetAddress::isLoopbackAddress);
    }

    @Test
    void aNameThatOnlyEndsLikeThatIsLookedUp() {
        assertThatThrownBy(() -> resolver.resolve("nolocalhost.invalid")).isInstanceOf(UnknownHostException.class);
        assertThat(LocalhostName.is("notlocalhost")).isFalse();
        assertThat(LocalhostName.is(".")).isFalse();
        assertThat(LocalhostName.is("localhost.test")).isFalse();
    }
}
