package io.github.captureproxy.examples;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** Which device is meant, of those that adb knows of; it takes any program's port from 5555 on for an emulator's */
class AndroidChoiceTest {
    private static final Adb.Attached PHONE = new Adb.Attached("ABC123", "device");
    private static final Adb.Attached LOCKED = new Adb.Attached("DEF456", "unauthorized");
    private static final Adb.Attached EMULATOR = new Adb.Attached("emulator-5558", "device");
    private static final Adb.Attached OWN_PORT = new Adb.Attached("emulator-5554", "offline");
    private static final Adb.Attached OTHER_PORT = new Adb.Attached("emulator-5556", "offline");

    @Test
    void isTheOneThatCanBeUsedBesideOthersThatCannot() {
        assertThat(choose(OWN_PORT, PHONE)).isEqualTo("ABC123");
        assertThat(choose(OTHER_PORT, LOCKED, PHONE)).isEqualTo("ABC123");
        assertThat(choose(OWN_PORT, EMULATOR)).isEqualTo("emulator-5558");
    }

    @Test
    void isToBeNamedOfThoseAloneThatCanBeUsed() {
        assertThatThrownBy(() -> choose(OWN_PORT, PHONE, LOCKED, EMULATOR))
                .isInstanceOf(UsageException.class)
                .hasMessage("--android: several devices are attached: choose one with --android SERIAL, of ABC123, "
                        + "emulator-5558");
    }

    @Test
    void isNeverThisProgramsOwnPort() {
        assertThatThrownBy(() -> choose(OWN_PORT)).hasMessageContaining("no device is attached");
        assertThatThrownBy(() -> choose(OWN_PORT, LOCKED))
                .hasMessage("--android: device DEF456 can't be used yet: unlock it, and allow USB debugging for this "
                        + "computer");
        assertThatThrownBy(() -> named("emulator-5554", OWN_PORT, PHONE))
                .hasMessage("--android emulator-5554: no such device is attached; there is ABC123");
    }

    @Test
    void isAdvisedOnWhereNoneCanBeUsed() {
        assertThatThrownBy(() -> choose(OTHER_PORT))
                .hasMessage(
                        "--android: device emulator-5556 can't be used yet: start it again; if you have no emulator, "
                                + "adb takes another program's port for one");
        assertThatThrownBy(() -> choose(OTHER_PORT, LOCKED))
                .hasMessageContaining("none of the devices can be used yet: emulator-5556: start it again")
                .hasMessageContaining("; DEF456: unlock it");
    }

    @Test
    void isTheOneThatIsNamedAndNoOther() {
        assertThat(named("emulator-5558", PHONE, EMULATOR)).isEqualTo("emulator-5558");
        assertThatThrownBy(() -> named("DEF456", PHONE, LOCKED)).hasMessageContaining("DEF456 can't be used yet");
    }

    private static String choose(Adb.Attached... attached) {
        return AndroidChoice.of(List.of(attached), Optional.empty(), new AndroidLink.Ports(5555, 40123));
    }

    private static String named(String serial, Adb.Attached... attached) {
        return AndroidChoice.of(List.of(attached), Optional.of(serial), new AndroidLink.Ports(5555, 40123));
    }
}
