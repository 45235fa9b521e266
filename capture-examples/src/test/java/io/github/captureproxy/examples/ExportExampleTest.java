package io.github.captureproxy.examples;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.captureproxy.CaptureProxy;
import io.github.captureproxy.exchange.Exchange;
import io.github.captureproxy.export.ExchangeReader;
import io.github.captureproxy.export.ExchangeWriter;
import io.github.captureproxy.export.Export;
import io.github.captureproxy.export.Har;
import io.github.captureproxy.export.JsonLines;
import io.github.captureproxy.history.History;
import java.io.IOException;
import java.nio.file.Path;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The README's example of exports: it compiles, it runs, and it is the one that the README shows. */
class ExportExampleTest {
    @TempDir
    Path folder;

    @Test
    void theExampleRuns() throws Exception {
        try (CaptureProxy proxy = CaptureProxy.builder().port(0).start()) {
            History history = proxy.history();
            // The README's example starts here.
            Export.har().write(history.snapshot(), folder.resolve("calls.har"));

            try (ExchangeWriter log = Export.jsonLines().open(folder.resolve("calls.jsonl"))) {
                for (Exchange call : history.snapshot()) {
                    log.write(call);
                    log.flush(); // all so far outlives this process
                }
            }

            try (ExchangeReader calls = Har.read(folder.resolve("calls.har"));
                    Stream<Exchange> exchanges = calls.stream()) {
                exchanges.map(Exchange::summary).forEach(System.out::println);
            }
            // The README's example ends here.
        }
        assertThat(JsonLines.read(folder.resolve("calls.jsonl")).toList()).isEmpty();
    }

    @Test
    void theReadmeShowsThisExample() throws IOException {
        assertThat(ReadmeExample.inReadme("export-example")).isEqualTo(ReadmeExample.inTest(ExportExampleTest.class));
    }
}
