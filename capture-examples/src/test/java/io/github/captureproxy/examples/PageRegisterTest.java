package io.github.captureproxy.examples;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.InetSocketAddress;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Instant;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

class PageRegisterTest {
    private static final int PORT = 5_556;

    /** No process has this number: Linux gives none above four millions. */
    private static final String NOBODY = "999999999";

    @TempDir
    Path home;

    private Machine machine;
    private Path file;

    @BeforeEach
    void start() {
        machine = Folders.machine(home);
        file = machine.dataFolder().resolve("pages/" + PORT);
    }

    private boolean isPage(String host, int port) {
        return PageRegister.of(machine).isPage(new InetSocketAddress(host, port));
    }

    @Test
    void aPageIsKnownToOthersForAsLongAsItIsThere() {
        PageRegister register = PageRegister.of(machine);
        register.enter(PORT);
        assertThat(isPage("127.0.0.1", PORT)).isTrue();
        assertThat(isPage("127.0.0.2", PORT)).isTrue();
        assertThat(isPage("::1", PORT)).isTrue();
        assertThat(isPage("0.0.0.0", PORT)).isTrue();
        assertThat(isPage("127.0.0.1", PORT + 1)).isFalse();
        assertThat(isPage("192.0.2.1", PORT)).isFalse();
        register.close();
        assertThat(isPage("127.0.0.1", PORT)).isFalse();
        assertThat(file).doesNotExist();
    }

    @Test
    @Timeout(20)
    void aPageThatBeginsWhereNoneWasIsKnownSoon() {
        PageRegister asked = PageRegister.of(machine);
        InetSocketAddress target = new InetSocketAddress("127.0.0.1", PORT);
        assertThat(asked.isPage(target)).isFalse();
        try (PageRegister register = PageRegister.of(machine)) {
            register.enter(PORT);
            while (!asked.isPage(target)) {
                Thread.onSpinWait();
            }
        }
        assertThat(asked.isPage(target)).isFalse();
    }

    @Test
    void aPageWhoseProcessHasEndedCountsForNothingAndIsForgotten() throws IOException {
        enter(NOBODY, Instant.now());
        assertThat(isPage("127.0.0.1", PORT)).isFalse();
        try (PageRegister register = PageRegister.of(machine)) {
            register.enter(PORT + 1);
            assertThat(file).doesNotExist();
            assertThat(isPage("127.0.0.1", PORT + 1)).isTrue();
        }
    }

    @Test
    void anotherProcessThatGotTheNumberLaterIsNotTakenForTheFirst() throws IOException {
        enter(Long.toString(ProcessHandle.current().pid()), Instant.EPOCH);
        assertThat(isPage("127.0.0.1", PORT)).isFalse();
    }

    @Test
    void aFolderThatCannotBeMadeKeepsNoPageFromOpening() throws IOException {
        Machine broken = new Machine(machine.system(), Files.createFile(home.resolve("file")), home, Map.of());
        try (PageRegister register = PageRegister.of(broken)) {
            register.enter(PORT);
            assertThat(register.isPage(new InetSocketAddress("127.0.0.1", PORT)))
                    .isFalse();
        }
    }

    private void enter(String process, Instant time) throws IOException {
        Files.createDirectories(file.getParent());
        Files.writeString(file, process);
        Files.setLastModifiedTime(file, FileTime.from(time));
    }
}
