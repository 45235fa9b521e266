package io.github.captureproxy.export;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.github.captureproxy.exchange.CapturedBody;
import io.github.captureproxy.exchange.CapturedRequest;
import io.github.captureproxy.exchange.Exchange;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** A command that repeats a request. For one thread. */
final class CurlCommand {
    /** No shell takes a longer argument. */
    private static final int LONGEST = 64 * 1024;

    /** What means nothing to any shell, such as a method. */
    private static final Pattern PLAIN = Pattern.compile("[A-Za-z]+");

    private final ShellSyntax shell;
    private final @Nullable Path folder;

    CurlCommand(ShellSyntax shell, @Nullable Path folder) {
        this.shell = shell;
        this.folder = folder;
    }

    /** Writes it for a request, or a comment that says why there is none. */
    void write(Exchange exchange, OutputStream out) throws IOException {
        CapturedRequest request = exchange.request();
        Optional<String> never = Remarks.unrepeatable(request);
        if (never.isPresent()) {
            print(comment(request.method() + " " + request.target() + ": " + never.get()), out);
            return;
        }
        List<CurlOptions.Option> options = CurlOptions.of(request);
        List<String> words = new ArrayList<>(options.stream().map(this::word).toList());
        Optional<String> body = CurlOptions.sendsBody(request) ? quotable(exchange) : Optional.of("");
        body.filter(option -> !option.isEmpty()).ifPresent(words::add);
        print(remarks(exchange, options) + shell.setUp(words), out);
        if (body.isPresent()) {
            print(command(words), out);
        } else {
            words.add("--data-binary " + shell.fed());
            shell.beforeFed(request.body(), out);
            print(command(words), out);
            shell.afterFed(request.body(), out);
        }
    }

    private String word(CurlOptions.Option option) {
        String value = option.value().map(this::quoted).orElse("");
        return (option.flag() + " " + value).strip();
    }

    private String quoted(String value) {
        return PLAIN.matcher(value).matches() ? value : shell.quote(WireText.bytes(value));
    }

    /** The option for the body, as text or by the name of its file; empty if it has to be fed in. */
    private Optional<String> quotable(Exchange exchange) throws IOException {
        CapturedBody body = exchange.request().body();
        if (body.capturedSize() <= LONGEST) {
            byte[] bytes = BodyStart.onTheWire(body, LONGEST).bytes();
            if (shell.canQuote(bytes)) {
                return Optional.of("--data-raw " + shell.quote(bytes));
            }
        }
        if (folder == null) {
            return Optional.empty();
        }
        // On POSIX a new temporary file is its owner's alone.
        Path file = Files.createTempFile(folder, "request-" + exchange.id() + "-", ".bin");
        try (InputStream in = body.open();
                OutputStream copy = Files.newOutputStream(file)) {
            in.transferTo(copy);
        }
        return Optional.of("--data-binary " + shell.quote(("@" + file).getBytes(UTF_8)));
    }

    private String command(List<String> words) {
        return shell.program() + " " + String.join(shell.continuation(), words) + shell.newLine();
    }

    private String remarks(Exchange exchange, List<CurlOptions.Option> options) {
        StringBuilder remarks = new StringBuilder();
        Remarks.of(exchange).forEach(remark -> remarks.append(comment(remark)));
        if (!(shell instanceof BashSyntax)) {
            options.stream()
                    .flatMap(option -> option.value().stream())
                    .filter(value -> !WireText.isPrintable(value))
                    .forEach(value -> remarks.append(comment(
                            value.replaceFirst(":.*", "") + " holds bytes that this shell may pass on as others")));
        }
        return remarks.toString();
    }

    private String comment(String remark) {
        return shell.comment(WireText.remark(remark));
    }

    private static void print(String text, OutputStream out) throws IOException {
        out.write(text.getBytes(UTF_8));
    }
}
