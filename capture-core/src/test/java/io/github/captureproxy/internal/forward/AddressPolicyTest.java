package io.github.captureproxy.internal.forward;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.captureproxy.internal.config.ListenAddress;
import io.github.captureproxy.internal.forward.AddressPolicy.Client;
import io.github.captureproxy.internal.io.Reactor;
import io.github.captureproxy.internal.io.Worker;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Where a client is from is known with its connection: the address accepts before anyone hears that it listens. */
class AddressPolicyTest {
    private static final long PATIENCE_SECONDS = 10;

    private final CompletableFuture<Client> accepted = new CompletableFuture<>();
    private final Reactor reactor =
            new Reactor("address-policy-test", 1, new Worker.BufferSizes(65_536, 65_536), (channel, listener) -> {
                accepted.complete(Client.on(channel));
            });

    @AfterEach
    void close() throws InterruptedException {
        assertThat(reactor.close(Duration.ofSeconds(PATIENCE_SECONDS))).isTrue();
    }

    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void aClientIsFromElsewhereAsTheAddressSaysThatAcceptedIt(boolean fromElsewhere) throws Exception {
        InetSocketAddress wanted = new InetSocketAddress(InetAddress.getLoopbackAddress(), 0);
        InetSocketAddress bound = reactor.listen(wanted, new ListenAddress("cable", wanted, fromElsewhere));
        try (Socket client = new Socket(bound.getAddress(), bound.getPort())) {
            assertThat(accepted.get(PATIENCE_SECONDS, TimeUnit.SECONDS))
                    .isEqualTo(new Client((InetSocketAddress) client.getLocalSocketAddress(), fromElsewhere));
        }
    }
}
