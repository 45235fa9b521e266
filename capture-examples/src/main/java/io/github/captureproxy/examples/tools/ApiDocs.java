package io.github.captureproxy.examples.tools;

import static io.github.captureproxy.history.ExchangeFilter.any;
import static io.github.captureproxy.history.ExchangeFilter.apiCalls;
import static io.github.captureproxy.history.ExchangeFilter.host;

import io.github.captureproxy.exchange.Exchange;
import io.github.captureproxy.export.Redaction;
import io.github.captureproxy.history.ExchangeFilter;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * Writes what a recorded session shows of an API, in Markdown: its endpoints, parameters, status codes, the shapes of
 * JSON that were seen, and an example of each, without secrets.
 */
public final class ApiDocs {
    private static final String USAGE = "usage: ApiDocs FILE.har|FILE.jsonl OUT.md [HOST]";

    private ApiDocs() {}

    /**
     * Runs the tool.
     *
     * @param args see its usage line
     * @throws IOException if a file can't be read or written
     */
    public static void main(String[] args) throws IOException {
        if (args.length < 2 || args.length > 3) {
            System.err.println(USAGE);
            System.exit(2);
        }
        ExchangeFilter wanted = args.length == 3 ? host(args[2]) : any();
        Path file = Path.of(args[0]);
        List<Exchange> recorded = List.of();
        try {
            recorded = SessionFile.read(file);
        } catch (IOException e) {
            System.err.println("ApiDocs: " + SessionFile.problem(file, e));
            System.exit(2);
        }
        String text = markdown(recorded, wanted.and(apiCalls()));
        Files.writeString(Path.of(args[1]), text);
    }

    /** The documentation of what a filter lets in. */
    static String markdown(List<Exchange> exchanges, ExchangeFilter wanted) {
        // Sorted by host, path and method. Placeholders of one policy are equal where the secrets were.
        Map<String, Endpoint> endpoints = new TreeMap<>();
        Redaction redaction = Redaction.standard();
        for (Exchange exchange : exchanges) {
            if (wanted.matches(exchange) && exchange.response().isPresent()) {
                String host = exchange.request().host();
                String path = PathTemplate.of(exchange.request().path());
                String method = exchange.request().method();
                endpoints
                        .computeIfAbsent(host + " " + path + " " + method, key -> new Endpoint(method, path))
                        .add(redaction.apply(exchange));
            }
        }
        StringBuilder text = new StringBuilder("# API\n\nAs seen in " + exchanges.size() + " recorded exchanges.\n");
        String host = "";
        for (Map.Entry<String, Endpoint> each : endpoints.entrySet()) {
            String next = each.getKey().substring(0, each.getKey().indexOf(' '));
            text.append(next.equals(host) ? "" : "\n## " + next + "\n")
                    .append(each.getValue().markdown());
            host = next;
        }
        return text.toString();
    }
}
