package io.github.captureproxy.tls.internal.hsts;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assumptions.assumeThat;

import io.github.captureproxy.tls.internal.hsts.LearnedHosts.Known;
import io.github.captureproxy.tls.internal.memory.Capacity;
import io.github.captureproxy.tls.internal.memory.FakeClock;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class HstsStoreTest {
    private final FakeClock clock = new FakeClock();

    @TempDir
    Path folder;

    private LearnedHosts hosts() {
        return new LearnedHosts(clock, Capacity.DEFAULT);
    }

    private Path file() {
        return folder.resolve("sub/hsts.txt");
    }

    private void learnAndClose() throws IOException {
        LearnedHosts first = hosts();
        try (HstsStore store = HstsStore.open(file(), first)) {
            first.learn("c", "a.test", List.of("max-age=600; includeSubDomains"));
            first.learn("c", "b.test", List.of("max-age=60"));
            store.changed();
        }
    }

    @Test
    void whatWasLearnedLivesOnInTheNextRun() throws Exception {
        learnAndClose();
        LearnedHosts second = hosts();
        try (HstsStore store = HstsStore.open(file(), second)) {
            assertThat(store.problem()).isEmpty();
            assertThat(second.snapshot())
                    .containsExactlyInAnyOrder(
                            new Known("a.test", true, clock.instant().plusSeconds(600)),
                            new Known("b.test", false, clock.instant().plusSeconds(60)));
        }
    }

    @Test
    void whatExpiredMeanwhileIsForgotten() throws Exception {
        learnAndClose();
        clock.advance(Duration.ofSeconds(60));
        LearnedHosts second = hosts();
        HstsStore.open(file(), second).close();
        assertThat(second.snapshot()).extracting(Known::name).containsExactly("a.test");
    }

    /** RFC 6797 section 8.1.1. */
    @ParameterizedTest
    @ValueSource(strings = {"192.0.2.1", "2001:db8:0:0:0:0:0:1", "::1", "[::1]"})
    void anAddressThatAPersonWroteIsNotTakenIn(String address) throws Exception {
        Files.createDirectories(file().getParent());
        Files.writeString(
                file(),
                "# HSTS hosts learned by Capture Proxy, format 1\n" + address + " 1 9999999999\na.test 0 9999999999");
        LearnedHosts hosts = hosts();
        try (HstsStore store = HstsStore.open(file(), hosts)) {
            assertThat(store.problem()).isEmpty();
            assertThat(hosts.snapshot()).extracting(Known::name).containsExactly("a.test");
        }
    }

    @Test
    void theFileIsItsOwnersAloneAndNothingElseIsLeft() throws Exception {
        assumeThat(folder.getFileSystem().supportedFileAttributeViews()).contains("posix");
        learnAndClose();
        assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(file())))
                .isEqualTo("rw-------");
        try (Stream<Path> files = Files.list(file().getParent())) {
            assertThat(files).containsExactly(file());
        }
    }

    @Test
    void withoutAChangeNothingIsWritten() throws Exception {
        HstsStore.open(file(), hosts()).close();
        assertThat(file()).doesNotExist();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "garbage",
                "# HSTS hosts learned by Capture Proxy, format 1\na.test 1",
                "# HSTS hosts learned by Capture Proxy, format 1\na.test 2 99",
                "# HSTS hosts learned by Capture Proxy, format 1\na.test 1 soon",
                "# HSTS hosts learned by Capture Proxy, format 1\na.test 1 99999999999999999",
                "# HSTS hosts learned by Capture Proxy, format 1\nA.test 1 99",
                "# HSTS hosts learned by Capture Proxy, format 1\n\n"
            })
    void aBrokenFileIsNamedPutAsideAndBegunAnew(String content) throws Exception {
        Files.createDirectories(file().getParent());
        Files.writeString(file(), content);
        LearnedHosts hosts = hosts();
        try (HstsStore store = HstsStore.open(file(), hosts)) {
            assertThat(store.problem())
                    .hasValueSatisfying(words -> assertThat(words).contains(file().toString(), "broken", "delete it"));
            hosts.learn("c", "a.test", List.of("max-age=600"));
            store.changed();
        }
        assertThat(file().resolveSibling("hsts.txt.broken")).hasContent(content);
        LearnedHosts next = hosts();
        HstsStore.open(file(), next).close();
        assertThat(next.covers("a.test")).isTrue();
    }
}
