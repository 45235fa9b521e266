package io.github.captureproxy.examples.store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import org.junit.jupiter.api.Test;
import org.sqlite.SQLiteErrorCode;
import org.sqlite.SQLiteException;

class StoreFileTest extends StoreTest {
    @Test
    void whatWasRecordedIsThereAfterARestart() throws IOException {
        record(open(), 1, 2);
        long note = 2;
        open().note(note, "look");

        HistoryStore again = open();
        record(again, 3);
        index(again);

        assertThat(found(again, RowQuery.ALL)).containsExactly(1L, 2L, 3L);
        assertThat(found(again, RowQuery.ALL.withSearch("orders"))).containsExactly(1L, 2L, 3L);
        assertThat(again.row(note).orElseThrow().note()).isEqualTo("look");
        assertThat(HistoryStoreTest.line(again.exchange(1).orElseThrow()))
                .isEqualTo(HistoryStoreTest.line(Stored.exchange(1)));
    }

    @Test
    void idsOfDeletedRowsAreNotGivenAgain() {
        HistoryStore store = open();
        record(store, 1, 2);
        store.clear();

        HistoryStore again = open();
        record(again, 3);

        assertThat(found(again, RowQuery.ALL)).containsExactly(3L);
    }

    @Test
    void aKilledProcessLosesNothingThatWasCommitted() throws IOException, InterruptedException {
        Process process = new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "-cp",
                        System.getProperty("java.class.path"),
                        Halted.class.getName(),
                        file().toString())
                .redirectErrorStream(true)
                .start();
        long committed = 0;
        try (BufferedReader lines = process.inputReader()) {
            for (String line = lines.readLine(); line != null; line = lines.readLine()) {
                committed = line.startsWith("committed ") ? Long.parseLong(line.substring(10)) : committed;
            }
        }
        assertThat(process.waitFor()).isEqualTo(Halted.CODE);

        assertThat(committed).isPositive();
        assertThat(open().rows(RowQuery.ALL, 0, 1).matched()).isGreaterThanOrEqualTo((int) committed);
    }

    /** A process that is cut off while it writes. */
    static final class Halted {
        static final int CODE = 137;
        private static final int HEAD_START = 300;

        private Halted() {}

        public static void main(String[] arguments) {
            HistoryStore store = HistoryStore.open(Path.of(arguments[0]), StoreLimits.defaults());
            store.onChange(id -> {
                System.out.println("committed " + id);
                if (id >= HEAD_START) {
                    Runtime.getRuntime().halt(CODE);
                }
            });
            for (int id = 1; ; id++) {
                store.record(Stored.exchange(id), RecordedFrom.UNKNOWN);
            }
        }
    }

    @Test
    void onlyTheOwnerMayReadIt() throws IOException {
        Path file = folder.resolve("deep/er/history.db");
        try (HistoryStore store = HistoryStore.open(file, StoreLimits.defaults())) {
            record(store, 1);
            for (String name : List.of("history.db", "history.db-wal", "history.db.lock")) {
                assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(file.resolveSibling(name))))
                        .as(name)
                        .isEqualTo("rw-------");
            }
            assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(file.getParent())))
                    .isEqualTo("rwx------");
        }
    }

    @Test
    void aFileOfVersionOneIsBroughtUpToDate() throws IOException, SQLException {
        try (Connection connection = DriverManager.getConnection("jdbc:sqlite:" + file());
                Statement statement = connection.createStatement()) {
            for (String line : versionOne()) {
                statement.execute(line);
            }
        }

        HistoryStore store = open();
        record(store, 2);
        index(store);

        assertThat(found(store, RowQuery.ALL.withSearch("orders"))).containsExactly(1L, 2L);
        assertThat(store.exchange(1).orElseThrow().request().url())
                .isEqualTo("https://shop.example:8443/orders/1?page=1");
        assertThat(store.withCookies(10)).as("nobody knows of the old one").containsExactly(1L);
    }

    @Test
    void aFileWhoseMakingWasCutOffIsStillThisPrograms() throws SQLException {
        try (Connection connection = DriverManager.getConnection("jdbc:sqlite:" + file())) {
            Schema.update(connection, 1);
        }

        record(open(), 1);
    }

    @Test
    void nobodyIsToldToMoveAFileAwayAsTheDiskIsFull() {
        assertThat(Problems.whenOpened(new SQLiteException("full", SQLiteErrorCode.SQLITE_FULL)))
                .contains("the disk is full", "free some space")
                .doesNotContain("away");
        assertThat(Problems.whenOpened(new SQLiteException("shared", SQLiteErrorCode.SQLITE_IOERR_SHMSIZE)))
                .contains("shared", "whether it is full")
                .doesNotContain("away");
    }

    private static List<String> versionOne() throws IOException {
        try (InputStream in = StoreFileTest.class.getResourceAsStream("/store-version-1.sql")) {
            String text = new String(Objects.requireNonNull(in).readAllBytes(), StandardCharsets.UTF_8);
            return new ArrayList<>(List.of(text.split(";\\n")));
        }
    }

    @Test
    void aFileThatCannotBeUsedIsRefusedWithAdvice() throws IOException, SQLException {
        Path text = Files.writeString(folder.resolve("notes.txt"), "these are my notes, and no database");
        refused(text, "is no history");
        refused(folder, "is a folder");
        assertThat(folder.resolveSibling(folder.getFileName() + ".lock")).doesNotExist();
        Path later = folder.resolve("later.db");
        sql(later, "PRAGMA user_version = 99");
        refused(later, "later version");
        Path foreign = folder.resolve("foreign.db");
        sql(foreign, "CREATE TABLE mine(x)");
        refused(foreign, "another program's");
        Path damaged = folder.resolve("damaged.db");
        Files.write(
                damaged,
                "SQLite format 3\0 and then nothing of the kind".repeat(100).getBytes(StandardCharsets.UTF_8));
        refused(damaged, "move it away");
    }

    @Test
    void aFileThatIsInUseIsRefused() {
        open();

        refused(file(), "open in this program already");
    }

    private static void sql(Path file, String sql) throws SQLException {
        try (Connection connection = DriverManager.getConnection("jdbc:sqlite:" + file);
                Statement statement = connection.createStatement()) {
            statement.execute(sql);
        }
    }

    private static void refused(Path file, String advice) {
        assertThatExceptionOfType(StoreException.class)
                .isThrownBy(
                        () -> HistoryStore.open(file, StoreLimits.defaults()).close())
                .withMessageContaining(file.toString())
                .withMessageContaining(advice);
    }
}
