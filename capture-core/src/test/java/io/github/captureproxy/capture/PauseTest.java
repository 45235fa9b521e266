package io.github.captureproxy.capture;

import static io.github.captureproxy.history.ExchangeFilter.any;
import static org.assertj.core.api.Assertions.assertThat;

import io.github.captureproxy.CaptureProxy;
import io.github.captureproxy.exchange.Exchange;
import io.github.captureproxy.testkit.RawSocket;
import io.github.captureproxy.testkit.Script;
import java.io.IOException;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.Test;

/** While it is paused, traffic flows and nothing is recorded. */
class PauseTest extends ProxyTest {
    @Test
    void whatBeginsInAPausePassesUnseen() throws IOException {
        List<Exchange> heard = new CopyOnWriteArrayList<>();
        CaptureProxy proxy = start(builder().listener(heard::add));
        proxy.pause();
        String got = Script.run(proxy, origin, Script.get(origin, "/unseen"), Script.ok("", "all of it"));
        proxy.resume();
        pass(proxy, Script.get(origin, "/seen"), Script.ok("", ""));
        proxy.close();

        assertThat(got).endsWith("\r\n\r\nall of it");
        assertThat(proxy.history().single(any()).request().path()).isEqualTo("/seen");
        assertThat(heard).isEqualTo(proxy.history().snapshot());
        assertThat(proxy.history().counts().added()).isEqualTo(1);
    }

    @Test
    void whatWasInFlightAtThePauseIsRecorded() throws IOException {
        CaptureProxy proxy = start();
        RawSocket client = connect(proxy).send(Script.get(origin, "/"));
        RawSocket server = accept();
        server.readHead();

        proxy.pause();
        server.send(Script.ok("", "whole"));
        client.readToEnd();

        assertThat(proxy.isPaused()).isTrue();
        assertThat(proxy.history().single(any()).response().orElseThrow().body().text())
                .isEqualTo("whole");
    }

    @Test
    void whatBeganInThePauseIsNotRecordedAfterIt() throws IOException {
        CaptureProxy proxy = start(builder().startPaused());
        RawSocket client = connect(proxy).send(Script.get(origin, "/"));
        RawSocket server = accept();
        server.readHead();

        proxy.resume();
        server.send(Script.ok("", "whole"));
        client.readToEnd();

        assertThat(proxy.isPaused()).isFalse();
        assertThat(proxy.history().isEmpty()).isTrue();
    }

    @Test
    void refusedRequestsAndTunnelsOfAPauseAreNotRecordedEither() throws IOException {
        CaptureProxy proxy = start(builder().startPaused());
        try (RawSocket client = RawSocket.connect(proxy.address())) {
            assertThat(client.send("nonsense\r\n\r\n").readToEnd()).contains(" 400 ");
        }
        try (RawSocket client = RawSocket.connect(proxy.address())) {
            client.send("CONNECT " + origin.authority() + " HTTP/1.1\r\nHost: " + origin.authority() + "\r\n\r\n");
            client.readHead();
            try (RawSocket server = origin.accept()) {
                server.send("bytes");
            }
            assertThat(client.readToEnd()).isEqualTo("bytes");
        }
        proxy.close();

        assertThat(proxy.history().snapshot()).isEmpty();
        assertThat(proxy.history().tunnels()).isEmpty();
    }
}
