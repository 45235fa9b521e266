package io.github.captureproxy.examples.desk;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assumptions.assumeThat;

import io.github.captureproxy.tls.HostChoices.Choice;
import io.github.captureproxy.tls.HstsMode;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What is kept of settings for the next start. */
class SettingsFileTest {
    private static final DeskSettings BASE =
            new DeskSettings(5555, "127.0.0.1", List.of(), Optional.empty(), false, "");
    private static final DeskSettings ALL = new DeskSettings(
            6000,
            "0.0.0.0",
            List.of("10.0.0.0/8"),
            Optional.of("user:secret"),
            true,
            "host:a.test",
            new Inspecting(
                    HstsMode.IGNORE,
                    List.of("*.bank.test"),
                    Map.of("a.test", Choice.INSPECT),
                    Map.of("b.test", Set.of("0a".repeat(32)))),
            Optional.of("http://u:p@up.test:3128"),
            Optional.of(Path.of("/tmp/c.json")));

    @TempDir
    Path folder;

    private Path file() {
        return folder.resolve("below/settings.json");
    }

    @Test
    void allThatWasSetCountsAtTheNextStart() {
        SettingsFile.open(file()).keep(BASE, ALL);
        assertThat(SettingsFile.open(file()).over(BASE, Set.of())).isEqualTo(ALL);
    }

    @Test
    void whatTheCommandLineSaysWins() {
        SettingsFile.open(file()).keep(BASE, ALL);
        DeskSettings next = SettingsFile.open(file()).over(BASE.withPort(7000), Set.of("port", "https"));
        assertThat(next.port()).isEqualTo(7000);
        assertThat(next.https()).isFalse();
        assertThat(next.bind()).isEqualTo("0.0.0.0");
    }

    @Test
    void whatWasNotChangedOnThePageIsNotKept() {
        DeskSettings given = BASE.withPort(7000); // by the command line, this once
        SettingsFile.open(file()).keep(given, given.withHost("a.test", Choice.PASS_THROUGH));
        DeskSettings next = SettingsFile.open(file()).over(BASE, Set.of());
        assertThat(next.port()).isEqualTo(5555);
        assertThat(next.inspecting().hosts()).containsEntry("a.test", Choice.PASS_THROUGH);
    }

    @Test
    void itsOwnerAloneCanReadIt() throws Exception {
        assumeThat(folder.getFileSystem().supportedFileAttributeViews()).contains("posix");
        SettingsFile.open(file()).keep(BASE, ALL);
        assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(file())))
                .isEqualTo("rw-------");
        try (var files = Files.list(file().getParent())) {
            assertThat(files).hasSize(1);
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "{", "[1]", "{\"port\":\"x\"}", "{\"port\":70000}", "{\"hsts\":\"never\"}"})
    void aBrokenFileSaysSoAndTheDefaultsCount(String text) throws Exception {
        Files.createDirectories(file().getParent());
        Files.writeString(file(), text);
        SettingsFile kept = SettingsFile.open(file());
        assertThat(kept.over(BASE, Set.of())).isEqualTo(BASE);
        assertThat(kept.problem())
                .hasValueSatisfying(words -> assertThat(words).contains(file().toString(), "the defaults count"));
    }

    @Test
    void aFileThatCantBeWrittenSaysSo() throws Exception {
        Files.writeString(folder.resolve("below"), "a file where the folder is to be");
        SettingsFile kept = SettingsFile.open(file());
        kept.keep(BASE, ALL);
        assertThat(kept.problem()).hasValueSatisfying(words -> assertThat(words).contains("can't be kept"));
    }
}
