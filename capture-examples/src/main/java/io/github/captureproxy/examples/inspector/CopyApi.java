package io.github.captureproxy.examples.inspector;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_8;

import io.github.captureproxy.examples.content.FetchCode;
import io.github.captureproxy.exchange.Exchange;
import io.github.captureproxy.export.Export;
import io.github.captureproxy.export.ExportFormat;
import io.github.captureproxy.export.Redaction;
import io.github.captureproxy.export.Shell;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.util.List;

/**
 * Answers with an exchange as something to paste elsewhere. As it was sent, unless it is asked for without secrets: who
 * copies a command wants it to work, and what is pasted goes nowhere by itself.
 */
final class CopyApi {
    /** A clipboard takes more, but nobody pastes it. */
    private static final long MAX_BODY = 1024 * 1024;

    private final CallSource calls;

    CopyApi(CallSource calls) {
        this.calls = calls;
    }

    void addTo(Routes routes) {
        routes.on("GET", "/api/exchanges/{id}/copy/{form}", this::copy);
    }

    /**
     * What is copied.
     *
     * @param text the text
     * @param secrets whether it has secrets that a copy without them lacks
     */
    private record Copied(String text, boolean secrets) {}

    private Reply copy(Call call) throws IOException {
        Exchange exchange = DetailApi.exchange(calls, call.id("id"));
        String form = call.path("form");
        checkSize(exchange, form);
        Exchange clean = Redaction.standard().apply(exchange);
        boolean bare = call.flag("redact");
        String text = text(form, bare ? clean : exchange);
        return call.flag("about")
                ? Reply.json(new Copied(text, !bare && hasSecrets(form, exchange, clean)))
                : Reply.text(text);
    }

    /** Only in what the form shows of it. */
    private static boolean hasSecrets(String form, Exchange exchange, Exchange clean) {
        return form.equals("raw") ? !clean.equals(exchange) : !clean.request().equals(exchange.request());
    }

    private static void checkSize(Exchange exchange, String form) {
        long size = exchange.request().body().capturedSize();
        if (form.equals("raw")) {
            size += exchange.response()
                    .map(response -> response.body().capturedSize())
                    .orElse(0L);
        }
        if (size > MAX_BODY) {
            throw new RefusedException(413, "more than 1 MiB of body is too much to paste: export it as a file");
        }
    }

    private static String text(String form, Exchange exchange) throws IOException {
        return switch (form) {
            case "curl" -> written(Export.curl(Shell.BASH), exchange);
            case "powershell" -> written(Export.curl(Shell.POWERSHELL), exchange);
            case "cmd" -> written(Export.curl(Shell.CMD), exchange);
            case "raw" -> raw(exchange);
            case "fetch" -> FetchCode.of(exchange.request());
            case "java" -> Export.javaCode().redact(Redaction.none()).snippet(exchange);
            default -> throw new RefusedException(404, "there is no such form");
        };
    }

    private static String written(ExportFormat format, Exchange exchange) throws IOException {
        return new String(bytes(format, exchange), UTF_8);
    }

    /** Heads are bytes, and bodies may be in any charset: what is no UTF-8 is a character a byte. */
    private static String raw(Exchange exchange) throws IOException {
        byte[] bytes = bytes(Export.rawHttp().decoded(), exchange);
        String text = new String(bytes, UTF_8);
        return text.indexOf('\uFFFD') < 0 ? text : new String(bytes, ISO_8859_1);
    }

    private static byte[] bytes(ExportFormat format, Exchange exchange) throws IOException {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        format.redact(Redaction.none()).write(List.of(exchange), out);
        return out.toByteArray();
    }
}
