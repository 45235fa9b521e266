package io.github.captureproxy.examples.lan;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.captureproxy.examples.lan.Devices.Entry;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class DevicesTest {
    private Instant now = Instant.EPOCH;
    private final List<String> told = new ArrayList<>();
    private final Devices devices = new Devices(() -> now, InetAddress::isLoopbackAddress, new Devices.Listener() {
        @Override
        public void renewed(EntryCode code) {
            told.add("code " + code.text());
        }

        @Override
        public void allowed(Devices.Device device) {
            told.add("allowed " + device.name());
        }
    });

    private static InetAddress device(int number) {
        try {
            return InetAddress.getByAddress(new byte[] {(byte) 192, 0, (byte) (number >> 8), (byte) number});
        } catch (UnknownHostException e) {
            throw new IllegalStateException(e);
        }
    }

    private Entry enter(int number, String code) {
        return devices.enter(device(number), code, "Android");
    }

    private Entry enterWrong(int number) {
        return enter(number, devices.code().text().startsWith("0") ? "1111-1111" : "0000-0000");
    }

    private void pass(Duration time) {
        now = now.plus(time);
    }

    @Test
    void aDeviceThatEntersTheCodeIsLetInAndThisMachineAlwaysIs() {
        assertThat(devices.allows(InetAddress.getLoopbackAddress())).isTrue();
        assertThat(devices.allows(device(1))).isFalse();
        assertThat(enter(1, devices.code().text())).isEqualTo(Entry.ALLOWED);
        assertThat(devices.allows(device(1))).isTrue();
        assertThat(devices.list()).containsExactly(new Devices.Device(device(1), "Android", now));
    }

    @Test
    void aCodeLetsOneDeviceIn() {
        String code = devices.code().text();
        enter(1, code);
        assertThat(enter(2, code)).isEqualTo(Entry.WRONG);
        assertThat(devices.allows(device(2))).isFalse();
        assertThat(told)
                .containsExactly(
                        "code " + code,
                        "allowed Android",
                        "code " + devices.code().text());
    }

    @Test
    void aCodeEndsWithItsTime() {
        String code = devices.code().text();
        pass(EntryCode.LIFETIME);
        assertThat(enter(1, code)).isEqualTo(Entry.WRONG);
        assertThat(enter(1, devices.code().text())).isEqualTo(Entry.ALLOWED);
    }

    @Test
    void aDeviceThatIsInNeedsNoCodeAndUsesNoneUp() {
        enter(1, devices.code().text());
        String next = devices.code().text();
        assertThat(enter(1, next)).isEqualTo(Entry.ALLOWED);
        assertThat(devices.code().text()).isEqualTo(next);
    }

    @Test
    void aDeviceThatIsTakenBackHasToEnterACodeAgain() {
        enter(1, devices.code().text());
        assertThat(devices.revoke(device(1))).isTrue();
        assertThat(devices.revoke(device(1))).isFalse();
        assertThat(devices.allows(device(1))).isFalse();
        assertThat(devices.list()).isEmpty();
        assertThat(enter(1, devices.code().text())).isEqualTo(Entry.ALLOWED);
    }

    @Test
    void aClientMayTryAFewWrongCodesAndThenHasToWait() {
        for (int i = 0; i < Attempts.MAX_OF_CLIENT; i++) {
            assertThat(enterWrong(1)).isEqualTo(Entry.WRONG);
        }
        assertThat(enter(1, devices.code().text())).isEqualTo(Entry.TOO_MANY);
        assertThat(enter(2, devices.code().text())).isEqualTo(Entry.ALLOWED);
        pass(Attempts.WINDOW);
        assertThat(enter(1, devices.code().text())).isEqualTo(Entry.ALLOWED);
    }

    @Test
    void manyWrongCodesOfManyClientsEndTheCodeAndAllHaveToWait() {
        String code = devices.code().text();
        for (int i = 0; i < Attempts.MAX_IN_ALL; i++) {
            assertThat(enterWrong(i)).isEqualTo(Entry.WRONG);
        }
        assertThat(devices.code().text()).isNotEqualTo(code);
        assertThat(enter(100, devices.code().text())).isEqualTo(Entry.TOO_MANY);
        pass(Attempts.PAUSE);
        assertThat(enter(100, code)).isEqualTo(Entry.WRONG);
        assertThat(enter(101, devices.code().text())).isEqualTo(Entry.ALLOWED);
    }

    @Test
    void whatIsRememberedOfWrongCodesIsBounded() {
        Attempts attempts = new Attempts();
        for (int i = 0; i < Attempts.MAX_OF_CLIENT; i++) {
            attempts.wrong(device(1), now);
        }
        attempts.renewed();
        assertThat(attempts.mayTry(device(1), now)).isFalse();
        for (int i = 0; i < Attempts.MAX_CLIENTS; i++) {
            attempts.wrong(device(1_000 + i), now);
        }
        pass(Attempts.PAUSE);
        assertThat(attempts.mayTry(device(1), now)).isTrue();
    }

    @Test
    void thereIsRoomForADeskFullOfDevicesAndNoMore() {
        for (int i = 0; i < Devices.MAX_DEVICES; i++) {
            assertThat(enter(i, devices.code().text())).isEqualTo(Entry.ALLOWED);
        }
        assertThat(enter(1_000, devices.code().text())).isEqualTo(Entry.FULL);
    }

    @Test
    void whoIsRefusedIsToldWhereToEnterTheCode() {
        assertThat(devices.refusal(device(1), "192.0.2.9:5555"))
                .contains("open http://192.0.2.9:5555/", "enter the code");
    }
}
