package io.github.captureproxy.examples.tools;

import io.github.captureproxy.exchange.Exchange;
import io.github.captureproxy.export.ExchangeWriter;
import io.github.captureproxy.export.Export;
import io.github.captureproxy.spi.ExchangeListener;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.util.List;

/** Records a command's calls in a file, for {@link ServeStub} to answer with later: JSON lines, which keep everything. */
public final class RecordSession implements ExchangeListener {
    private static final String USAGE = "usage: RecordSession FILE.jsonl COMMAND...";

    private final ExchangeWriter writer;

    RecordSession(ExchangeWriter writer) {
        this.writer = writer;
    }

    /**
     * Runs the tool.
     *
     * @param args see its usage line
     * @throws Exception if the file can't be written
     */
    public static void main(String[] args) throws Exception {
        if (args.length < 2) {
            System.err.println(USAGE);
            System.exit(2);
        }
        int code;
        // Opened before the command runs: it shall not run for nothing. A file that is there is added to. Tokens and
        // cookies are redacted, so that the file may be kept with the tests that it is for.
        try (ExchangeWriter writer = Export.jsonLines().open(Path.of(args[0]))) {
            code = WrappedCommand.run(List.of(args).subList(1, args.length), new RecordSession(writer));
        }
        System.exit(code);
    }

    @Override
    public void onExchange(Exchange exchange) {
        try {
            writer.write(exchange);
            writer.flush(); // outlives this process, however that ends
        } catch (IOException e) { // the proxy logs it, counts it, and goes on
            throw new UncheckedIOException(e);
        }
    }
}
