package io.github.captureproxy.examples;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.captureproxy.testkit.Eventually;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermission;
import java.util.List;
import java.util.Map;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class PageOpeningTest {
    private static final URI LINK = URI.create("http://127.0.0.1:5556/#one-time-token");

    private final BlockingQueue<Opened> opened = new LinkedBlockingQueue<>();
    private final AtomicReference<Runnable> used = new AtomicReference<>();
    private volatile int exitCode;

    @TempDir
    Path home;

    /** What the program that opens files was told, and found. */
    private record Opened(List<String> command, Path file, String content) {}

    @ParameterizedTest
    @EnumSource(OperatingSystem.class)
    void theLinkIsInAFileAndNotOnTheCommandLine(OperatingSystem system) throws Exception {
        try (PageOpening opening = start(Folders.machine(home, system, Map.of()))) {
            assertThat(opening).isNotNull();
            Opened told = next();
            assertThat(told.command()).noneMatch(word -> word.contains("token"));
            assertThat(told.content()).contains("0; url=" + LINK);
        }
    }

    @Test
    void onlyItsOwnerCanReadTheFile() throws Exception {
        try (PageOpening opening = start(Folders.machine(home))) {
            assertThat(opening).isNotNull();
            Path file = next().file();
            assertThat(Files.getPosixFilePermissions(file))
                    .containsExactlyInAnyOrder(PosixFilePermission.OWNER_READ, PosixFilePermission.OWNER_WRITE);
            assertThat(Files.getPosixFilePermissions(parent(file)))
                    .allMatch(permission -> permission.name().startsWith("OWNER_"));
        }
    }

    @Test
    void theFileGoesOnceTheLinkIsUsed() throws Exception {
        try (PageOpening opening = start(Folders.machine(home))) {
            assertThat(opening).isNotNull();
            Path file = next().file();
            used.get().run();
            Eventually.holds("the file is gone", () -> !Files.exists(parent(file)));
        }
    }

    @Test
    void theFileGoesWhereNoProgramOpensIt() throws Exception {
        exitCode = Programs.NOT_FOUND;
        try (PageOpening opening = start(Folders.machine(home))) {
            assertThat(opening).isNotNull();
            Path file = next().file();
            Eventually.holds("the file is gone", () -> !Files.exists(parent(file)));
        }
    }

    @Test
    void theFileGoesWithThePage() throws Exception {
        PageOpening opening = start(Folders.machine(home));
        Path file = next().file();
        opening.close();
        assertThat(parent(file)).doesNotExist();
    }

    @Test
    void aBrowserOfSnapFindsTheFileInTheHomeFolder() throws Exception {
        Machine machine = Folders.machine(home);
        Files.createDirectories(machine.home());
        Folders.file(machine.root().resolve("snap/bin/firefox"), "");
        try (PageOpening opening = start(machine)) {
            assertThat(opening).isNotNull();
            assertThat(next().file()).startsWith(machine.home());
        }
        assertThat(machine.home()).isEmptyDirectory();
    }

    private PageOpening start(Machine machine) {
        return PageOpening.start(
                whenUsed -> {
                    used.set(whenUsed);
                    return LINK;
                },
                machine,
                this::open);
    }

    private int open(List<String> command) {
        Path file = Path.of(command.get(command.size() - 1));
        try {
            opened.add(new Opened(command, file, Files.readString(file)));
            return exitCode;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private Opened next() throws InterruptedException {
        Opened next = opened.poll(10, TimeUnit.SECONDS);
        assertThat(next).isNotNull();
        return next;
    }

    private static Path parent(Path file) {
        Path parent = file.getParent();
        assertThat(parent).isNotNull();
        return parent;
    }
}
