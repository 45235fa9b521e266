package io.github.captureproxy.export;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.github.captureproxy.exchange.Exchange;
import io.github.captureproxy.exchange.HeaderList;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Arrays;
import java.util.List;
import java.util.stream.LongStream;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class JsonLinesTest {
    private static final ExportFormat LINES = Export.jsonLines().redact(Redaction.none());

    @TempDir
    Path folder;

    private static byte[] written(List<Exchange> exchanges) throws IOException {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        LINES.write(exchanges, out);
        return out.toByteArray();
    }

    private static List<Exchange> exchanges(int count) {
        return LongStream.range(0, count).mapToObj(RandomExchange::of).toList();
    }

    private static List<Object> facts(List<Exchange> exchanges) {
        return exchanges.stream().map(exchange -> (Object) Facts.of(exchange)).toList();
    }

    @Property(tries = 200)
    void whatIsWrittenIsReadBackExactly(@ForAll long seed) throws Exception {
        Exchange exchange = RandomExchange.of(seed);
        byte[] line = written(List.of(exchange));

        List<Exchange> read = JsonLines.read(new ByteArrayInputStream(line)).toList();

        assertEquals(1, read.size());
        assertEquals(Facts.of(exchange), Facts.of(read.get(0)));
        assertEquals(1, new String(line, UTF_8).lines().count(), "one line");
    }

    @Property(tries = 50)
    void aCopyHasAllFactsOfTheExchange(@ForAll long seed) {
        Exchange exchange = RandomExchange.of(seed);

        assertEquals(Facts.of(exchange), Facts.of(exchange.toBuilder().build()));
    }

    @Test
    void fieldsOfLaterVersionsArePassedOver() throws Exception {
        Exchange exchange = RandomExchange.of(1);
        String line = new String(written(List.of(exchange)), UTF_8)
                .replaceFirst("\\{", "{\"later\":[{\"a\":[1.5,null]},true],");

        assertEquals(
                Facts.of(exchange),
                Facts.of(JsonLines.read(new ByteArrayInputStream(line.getBytes(UTF_8)))
                        .next()));
    }

    @Test
    void aLineOfALaterVersionIsRefused() throws Exception {
        String line = new String(written(exchanges(1)), UTF_8).replace("\"v\":1", "\"v\":2");
        ExchangeReader reader = JsonLines.read(new ByteArrayInputStream(line.getBytes(UTF_8)));

        UncheckedIOException problem = assertThrows(UncheckedIOException.class, reader::next);

        assertTrue(problem.getMessage().contains("\"v\" of the line is 2"), problem.getMessage());
    }

    @Test
    void aFileIsReadLazilyAndABrokenLineIsNamed() throws Exception {
        Path file = folder.resolve("a.jsonl");
        LINES.write(exchanges(2), file);
        Files.writeString(file, "\n{\"v\":1,\"id\":\"x\"}\n", StandardOpenOption.APPEND);

        try (ExchangeReader reader = JsonLines.read(file)) {
            reader.next();
            reader.next();
            UncheckedIOException problem = assertThrows(UncheckedIOException.class, reader::hasNext);
            assertEquals(file + ", line 4: \"id\" is not an integer", problem.getMessage());
            assertFalse(reader.hasNext());
        }
    }

    @Test
    void aFileThatWasCutOffAnywhereGivesItsWholeLines() throws Exception {
        byte[] whole = written(exchanges(3));
        byte[] two = written(exchanges(2));
        for (int length = two.length + 1; length < whole.length - 1; length += 37) {
            ExchangeReader reader = JsonLines.read(new ByteArrayInputStream(whole, 0, length));
            assertEquals(2, reader.toList().size(), "cut at " + length);
            String cut = reader.cut().orElseThrow();
            assertTrue(cut.startsWith("the input, line 3: cut off after "), cut);
        }
        ExchangeReader withoutLineFeed = JsonLines.read(new ByteArrayInputStream(whole, 0, whole.length - 1));
        assertEquals(3, withoutLineFeed.toList().size());
        assertTrue(withoutLineFeed.cut().isEmpty());
    }

    @Test
    void anOpenFileHoldsAllThatWasFlushed() throws Exception {
        Path file = folder.resolve("b.jsonl");
        List<Exchange> some = exchanges(4);
        try (ExchangeWriter writer = LINES.open(file)) {
            for (int i = 0; i < some.size(); i++) {
                writer.write(some.get(i));
                writer.flush();
                assertEquals(
                        facts(some.subList(0, i + 1)),
                        facts(JsonLines.read(file).toList()));
            }
        }
        assertEquals(facts(some), facts(JsonLines.read(file).toList()));
        assertIsItsOwnersAlone(file);
    }

    private static void assertIsItsOwnersAlone(Path file) throws IOException {
        if (Files.getFileStore(file).supportsFileAttributeView("posix")) {
            assertEquals("rw-------", PosixFilePermissions.toString(Files.getPosixFilePermissions(file)));
        }
    }

    @Test
    void aFileIsContinuedAfterALineThatAKilledProcessLeft() throws Exception {
        Path file = folder.resolve("c.jsonl");
        byte[] lines = written(exchanges(2));
        for (int missing : new int[] {0, 1, 2, 300}) {
            Files.write(file, Arrays.copyOf(lines, lines.length - missing));
            try (ExchangeWriter writer = LINES.open(file)) {
                writer.write(RandomExchange.of(9));
            }
            int kept = missing > 1 ? 1 : 2;
            List<Exchange> read = JsonLines.read(file).toList();
            assertEquals(kept + 1, read.size(), missing + " bytes missing");
            assertIsItsOwnersAlone(file);
            assertEquals(Facts.of(RandomExchange.of(9)), Facts.of(read.get(kept)));
        }
    }

    @Test
    void aFileOfAnotherKindIsNotTouched() throws Exception {
        Path file = Files.writeString(folder.resolve("notes.txt"), "one\ntwo");

        IOException problem = assertThrows(IOException.class, () -> LINES.open(file));

        assertTrue(problem.getMessage().contains(file.toString()), problem.getMessage());
        assertEquals("one\ntwo", Files.readString(file));
    }

    @Test
    void aFileHasOneWriterAtATime() throws Exception {
        Path file = folder.resolve("d.jsonl");
        try (ExchangeWriter first = LINES.open(file)) {
            IOException problem = assertThrows(IOException.class, () -> LINES.open(file));
            assertTrue(problem.getMessage().contains("close that first"), problem.getMessage());
            first.write(RandomExchange.of(1));
        }
        LINES.open(file).close();
        assertEquals(1, JsonLines.read(file).toList().size());
    }

    @Test
    void aFileIsWrittenAsAWholeOrNotAtAll() throws Exception {
        Path file = Files.writeString(folder.resolve("e.jsonl"), "before");
        Iterable<Exchange> failing = () -> {
            throw new IllegalStateException("no exchanges");
        };

        assertThrows(IllegalStateException.class, () -> LINES.write(failing, file));

        assertEquals("before", Files.readString(file));
        try (var left = Files.list(folder)) {
            assertEquals(List.of(file), left.toList());
        }
        Path nowhere = folder.resolve("missing").resolve("f.jsonl");
        IOException problem = assertThrows(IOException.class, () -> LINES.write(exchanges(1), nowhere));
        assertEquals("cannot write " + nowhere + ": its folder is not there: make it first", problem.getMessage());
    }

    @Test
    void secretsAreRedactedUnlessThatIsSwitchedOff() throws Exception {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        Exchange exchange = RandomExchange.of(1);
        Exchange secret = exchange.toBuilder()
                .request(exchange.request().withHeaders(HeaderList.of("Authorization", "Bearer s3cret")))
                .build();

        Export.jsonLines().write(List.of(secret), out);

        assertFalse(out.toString(UTF_8).contains("s3cret"));
        assertTrue(new String(written(List.of(secret)), UTF_8).contains("s3cret"));
    }
}
