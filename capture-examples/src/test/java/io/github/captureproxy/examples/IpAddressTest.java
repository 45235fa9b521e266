package io.github.captureproxy.examples;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.InetAddress;
import java.net.UnknownHostException;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.Size;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class IpAddressTest {
    @ParameterizedTest
    @CsvSource({
        "127.0.0.1,127.0.0.1",
        "0:0:0:0:0:0:0:1,::1",
        "0:0:0:0:0:0:0:0,::",
        "2001:DB8:0:0:1:0:0:1,2001:db8::1:0:0:1",
        "2001:db8:0:1:1:1:1:1,2001:db8:0:1:1:1:1:1",
        "2001:0:0:1:0:0:0:1,2001:0:0:1::1",
        "fd00:0:0:0:0:0:0:0,fd00::",
        "1:2:3:4:5:6:0:0,1:2:3:4:5:6::",
    })
    void anAddressIsInItsShortForm(String written, String shown) throws UnknownHostException {
        assertThat(IpAddress.text(InetAddress.getByName(written))).isEqualTo(shown);
    }

    @Property
    void theShortFormIsOfTheSameAddress(@ForAll @Size(16) byte[] bytes) throws UnknownHostException {
        InetAddress address = InetAddress.getByAddress(bytes);

        assertThat(InetAddress.getByName(IpAddress.text(address)).getAddress()).isEqualTo(address.getAddress());
    }
}
