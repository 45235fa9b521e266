package io.github.captureproxy.examples.tools;

import io.github.captureproxy.exchange.Exchange;
import io.github.captureproxy.spi.ExchangeListener;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/** Fails with exit code 1 if a command makes a call that takes longer than a limit: for a build, around its tests. */
public final class FailWhenSlow implements ExchangeListener {
    private static final String USAGE = "usage: FailWhenSlow MILLISECONDS COMMAND...";

    /** So many are named; of more there is only the number. */
    private static final int MAX_NAMED = 20;

    private final Duration limit;
    private final List<String> named = new ArrayList<>();
    private int slow;

    FailWhenSlow(Duration limit) {
        this.limit = limit;
    }

    /**
     * Runs the tool.
     *
     * @param args see its usage line
     * @throws Exception if the command can't be run
     */
    public static void main(String[] args) throws Exception {
        if (args.length < 2 || !args[0].matches("[0-9]{1,9}")) {
            System.err.println(USAGE);
            System.exit(2);
        }
        FailWhenSlow tool = new FailWhenSlow(Duration.ofMillis(Long.parseLong(args[0])));
        int code = WrappedCommand.run(List.of(args).subList(1, args.length), tool);
        tool.report().forEach(System.err::println);
        System.exit(tool.exitCode(code));
    }

    /** From the request's first byte to the response's last, as the client has it. */
    @Override
    public void onExchange(Exchange exchange) {
        if (exchange.duration().compareTo(limit) <= 0) {
            return;
        }
        slow++;
        if (named.size() < MAX_NAMED) {
            // Without the query, where secrets may be: what is named here ends up in a build's log.
            String url = exchange.request().url().replaceFirst("\\?.*", "");
            named.add(exchange.duration().toMillis() + " ms  "
                    + exchange.request().method() + " " + url);
        }
    }

    /** What to tell; nothing if all was fast. */
    List<String> report() {
        List<String> lines = new ArrayList<>();
        if (slow > 0) {
            lines.add(slow + " slower than " + limit.toMillis() + " ms:");
            lines.addAll(named);
        }
        return lines;
    }

    /** A command that failed by itself keeps its code. */
    int exitCode(int ofCommand) {
        return ofCommand == 0 && slow > 0 ? 1 : ofCommand;
    }
}
