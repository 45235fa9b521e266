package io.github.captureproxy.examples;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import picocli.CommandLine;
import picocli.CommandLine.ParameterException;

/** What the command line says about browsers, files and commands. */
class RecordOptionsTest {
    @Test
    void allWordsBehindThenAreTheCommands() {
        Options options = parse("--quiet", "--then", "curl", "-x", "--port", "--then", "http://a.test/");

        assertThat(options.record.command).containsExactly("curl", "-x", "--port", "--then", "http://a.test/");
        assertThat(options.quiet).isTrue();
    }

    @Test
    void aCommandIsNeeded() {
        assertThatThrownBy(() -> parse("--then"))
                .isInstanceOf(ParameterException.class)
                .hasMessage("--then: give a command behind it, such as --then curl http://example.com/");
    }

    @Test
    void anyPortWillDoForACommandUnlessOneIsSaid() {
        assertThat(parse("--then", "x").settings().port()).isZero();
        assertThat(parse("--port", "80", "--then", "x").settings().port()).isEqualTo(80);
        assertThat(parse().settings().port()).isEqualTo(5555);
    }

    @ParameterizedTest
    @CsvSource({
        "a.har,,HAR",
        "A.HAR,,HAR",
        "a.jsonl,,JSON lines",
        "a.ndjson,,JSON lines",
        "shop.postman_collection.json,,Postman collection",
        "collection.json,,Postman collection",
        "a.txt,jsonl,JSON lines",
        "a.har,postman,Postman collection"
    })
    void theFormatIsSaidOrIsInTheName(String file, String format, String expected) {
        RecordOptions options = new RecordOptions();
        options.format = format;

        assertThat(RecordedFormat.of(options, Path.of(file)).toString()).startsWith(expected);
    }

    @Test
    void aFormatThatCantBeToldIsRefused() {
        assertThatThrownBy(() -> RecordedFormat.of(new RecordOptions(), Path.of("calls.json")))
                .hasMessage("--record calls.json: its name doesn't say what to write: let it end in .har, "
                        + ".postman_collection.json or .jsonl, or give --format har, postman or jsonl");
    }

    @ParameterizedTest
    @CsvSource({"--format,har", "--replace,", "--with-secrets,"})
    void whatIsAboutTheFileNeedsOne(String option, String value) {
        Options options = value == null ? parse(option) : parse(option, value);

        assertThatThrownBy(() -> Recording.start(options.record, options.wanted()))
                .hasMessage(option + ": has a meaning with --record alone: give that too");
    }

    @Test
    void aBrowserImpliesHttps() {
        Options options = parse("--browser", "--headless");
        options.complete(Map.of());

        assertThat(options.browser.wanted()).contains("any");
        assertThat(options.https.isOn()).isTrue();
        assertThat(parse("--browser", "firefox").browser.wanted()).contains("firefox");
    }

    @ParameterizedTest
    @CsvSource({"--headless,", "--profile,folder", "--open,http://a.test/"})
    void whatIsAboutTheBrowserNeedsOne(String option, String value) {
        Options options = value == null ? parse(option) : parse(option, value);

        assertThatThrownBy(options.browser::wanted)
                .hasMessage(option + ": has a meaning with --browser alone: give that too");
    }

    @Test
    void thePageThatIsOpenedIsAUrl() {
        assertThatThrownBy(parse("--browser", "--open", "example.com").browser::wanted)
                .hasMessage("--open example.com: give an absolute URL, such as https://example.com/");
    }

    private static Options parse(String... words) {
        Options options = new Options();
        new CommandLine(options).parseArgs(words);
        return options;
    }
}
