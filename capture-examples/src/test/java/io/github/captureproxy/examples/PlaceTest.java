package io.github.captureproxy.examples;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.InetAddress;
import java.net.InetSocketAddress;
import org.junit.jupiter.api.Test;

class PlaceTest {
    @Test
    void theLoopbackOfIpv6IsInItsShortFormAndInBrackets() throws Exception {
        byte[] loopback = new byte[16];
        loopback[15] = 1;
        InetSocketAddress bound = new InetSocketAddress(InetAddress.getByAddress(loopback), 5555);

        assertThat(Place.of(bound)).extracting(Place::authority).containsExactly("[::1]:5555");
    }

    @Test
    void theLoopbackOfIpv4StandsAsItIs() throws Exception {
        InetSocketAddress bound = new InetSocketAddress(InetAddress.getByAddress(new byte[] {127, 0, 0, 1}), 5555);

        assertThat(Place.of(bound)).extracting(Place::authority).containsExactly("127.0.0.1:5555");
    }
}
