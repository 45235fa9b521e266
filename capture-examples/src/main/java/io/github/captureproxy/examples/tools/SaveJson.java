package io.github.captureproxy.examples.tools;

import static io.github.captureproxy.history.ExchangeFilter.contentType;
import static io.github.captureproxy.history.ExchangeFilter.host;

import io.github.captureproxy.exchange.CapturedBody;
import io.github.captureproxy.exchange.Exchange;
import io.github.captureproxy.history.ExchangeFilter;
import io.github.captureproxy.spi.ExchangeListener;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/** Saves the JSON that a host answers a command with: a file for each response, named by number, method and path. */
public final class SaveJson implements ExchangeListener {
    private static final String USAGE = "usage: SaveJson HOST FOLDER COMMAND...";

    /** Longer file names trouble some systems. */
    private static final int NAME_LENGTH = 80;

    private final ExchangeFilter wanted;
    private final Path folder;
    private int saved;

    SaveJson(String host, Path folder) {
        // The type is the one that the response has; *+json, such as problem+json, is JSON as well.
        this.wanted = host(host).and(contentType("application/json").or(contentType("application/*+json")));
        this.folder = folder;
    }

    /**
     * Runs the tool.
     *
     * @param args see its usage line
     * @throws Exception if the folder can't be written
     */
    public static void main(String[] args) throws Exception {
        if (args.length < 3) {
            System.err.println(USAGE);
            System.exit(2);
        }
        Path folder = Files.createDirectories(Path.of(args[1]));
        SaveJson tool = new SaveJson(args[0], folder);
        int code = WrappedCommand.run(List.of(args).subList(2, args.length), tool);
        System.err.println(tool.saved + " saved in " + folder);
        System.exit(code);
    }

    /** Called on a thread of the listener's own, one exchange at a time: it may take its time. */
    @Override
    public void onExchange(Exchange exchange) {
        if (!wanted.matches(exchange)) {
            return;
        }
        CapturedBody body = exchange.response().orElseThrow().body();
        if (body.isTruncated() || !body.isComplete()) { // too large to be captured, or broken off on its way
            System.err.println("not saved, as not all of it is there: " + exchange.summary());
            return;
        }
        try {
            Files.write(folder.resolve(name(exchange)), body.decoded()); // without gzip and the like
            saved++;
        } catch (IOException e) { // the proxy logs it, counts it, and goes on
            throw new UncheckedIOException(e);
        }
    }

    /** Made of letters and digits alone, as a path may hold anything. */
    static String name(Exchange exchange) {
        String words = exchange.request().method() + exchange.request().path();
        String plain = words.replaceAll("[^A-Za-z0-9]+", "-").replaceFirst("-$", "");
        return exchange.id() + "-" + plain.substring(0, Math.min(plain.length(), NAME_LENGTH)) + ".json";
    }
}
