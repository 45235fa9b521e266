package io.github.captureproxy.examples;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.captureproxy.CaptureProxy;
import io.github.captureproxy.examples.desk.Desk;
import io.github.captureproxy.examples.desk.DeskSettings;
import io.github.captureproxy.examples.desk.RunningProxy;
import io.github.captureproxy.examples.inspector.ThisMachine;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class PageAdviceTest {
    @ParameterizedTest
    @CsvSource({"0.0.0.0, 127.0.0.1:", "127.0.0.1, 127.0.0.1:", "::1, [::1]:"})
    void whatIsSetAsTheProxyIsAnAddressOfThisMachineAndOfItsNetwork(String bind, String here) {
        DeskSettings settings = new DeskSettings(0, bind, List.of("10.0.0.0/8"), Optional.empty(), false, "");
        try (Desk desk = Desk.start(settings, PageAdviceTest::start)) {
            ThisMachine.Reach reach = new PageAdvice(desk, Machine.current(), Optional::empty).reach(desk.proxy());
            int port = desk.proxy().address().getPort();
            assertThat(reach.here()).isEqualTo(here + port);
            assertThat(reach.elsewhere())
                    .isEqualTo(HomeNetwork.find()
                            .filter(home -> bind.equals("0.0.0.0"))
                            .map(home -> home.address() + ":" + port));
        }
    }

    private static RunningProxy start(DeskSettings settings) {
        CaptureProxy proxy = CaptureProxy.builder()
                .port(settings.port())
                .bind(settings.bind())
                .allowClients(settings.allow().toArray(String[]::new))
                .start();
        return new RunningProxy(proxy, Optional.empty());
    }
}
