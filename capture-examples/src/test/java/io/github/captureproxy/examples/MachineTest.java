package io.github.captureproxy.examples;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.DisabledOnOs;
import org.junit.jupiter.api.condition.OS;

@DisabledOnOs(value = OS.WINDOWS, disabledReason = "its paths are others")
class MachineTest {
    private static final Path FOLDER = Path.of("/tmp/nobody");
    private static final Path HOME = FOLDER.resolve("home");

    @Test
    void onLinuxTheFolderIsWhereTheXdgSpecificationHasIt() {
        assertThat(Folders.machine(FOLDER).configurationFolder()).isEqualTo(HOME.resolve(".config/capture-proxy"));
        assertThat(Folders.machine(FOLDER, Map.of("XDG_CONFIG_HOME", "/etc/mine"))
                        .configurationFolder())
                .isEqualTo(Path.of("/etc/mine/capture-proxy"));
        assertThat(Folders.machine(FOLDER, Map.of("XDG_CONFIG_HOME", "relative"))
                        .configurationFolder())
                .isEqualTo(HOME.resolve(".config/capture-proxy"));
    }

    @Test
    void onMacosItIsInTheLibrary() {
        assertThat(Folders.machine(FOLDER, OperatingSystem.MACOS, Map.of()).configurationFolder())
                .isEqualTo(HOME.resolve("Library/Application Support/Capture Proxy"));
    }

    @Test
    void onWindowsItIsInTheRoamingData() {
        assertThat(Folders.machine(FOLDER, OperatingSystem.WINDOWS, Map.of("APPDATA", "/roaming"))
                        .configurationFolder())
                .isEqualTo(Path.of("/roaming/Capture Proxy"));
        assertThat(Folders.machine(FOLDER, OperatingSystem.WINDOWS, Map.of()).configurationFolder())
                .isEqualTo(HOME.resolve("AppData/Roaming/Capture Proxy"));
    }

    @Test
    void aSystemIsKnownByTheNameThatJavaGivesIt() {
        assertThat(OperatingSystem.of("Windows 11")).isEqualTo(OperatingSystem.WINDOWS);
        assertThat(OperatingSystem.of("Mac OS X")).isEqualTo(OperatingSystem.MACOS);
        assertThat(OperatingSystem.of("Linux")).isEqualTo(OperatingSystem.LINUX);
    }

    @Test
    void aWordWithASpaceIsQuotedAsTheShellNeedsIt() {
        assertThat(OperatingSystem.LINUX.quoted("/a b/it's")).isEqualTo("'/a b/it'\\''s'");
        assertThat(OperatingSystem.WINDOWS.quoted("C:\\a b")).isEqualTo("\"C:\\a b\"");
        assertThat(OperatingSystem.LINUX.quoted("/a/ca.pem")).isEqualTo("/a/ca.pem");
    }
}
