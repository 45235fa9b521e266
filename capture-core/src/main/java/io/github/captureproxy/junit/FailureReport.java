package io.github.captureproxy.junit;

import io.github.captureproxy.exchange.Exchange;
import io.github.captureproxy.export.Export;
import io.github.captureproxy.history.History;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.extension.ExtensionContext;

/** What is left of a failed test's traffic: a text that is printed, and a HAR file. */
final class FailureReport {
    private final ExtensionOptions options;

    FailureReport(ExtensionOptions options) {
        this.options = options;
    }

    /** Writes and prints, with a note after what was captured; fails at nothing, as the test's own failure is what counts. */
    void of(ExtensionContext test, History history, String note) {
        String text = history.explain(title(test) + " failed, and this was captured") + note;
        if (options.har()) {
            text += "\n  HAR file: " + har(test, history.snapshot());
        }
        options.output().accept(text);
    }

    private static String title(ExtensionContext test) {
        String method = test.getTestMethod().map(found -> "." + found.getName()).orElse("");
        String place = test.getRequiredTestClass().getSimpleName() + method;
        String shown = test.getDisplayName();
        return method.isEmpty() || shown.startsWith(method.substring(1)) ? place : place + " [" + shown + "]";
    }

    private String har(ExtensionContext test, List<Exchange> exchanges) {
        if (exchanges.isEmpty()) {
            return "none, as no exchange was captured";
        }
        Path file = ReportFiles.file(options.harFolder(), test).toAbsolutePath();
        try {
            Files.createDirectories(file.getParent());
            Export.har().write(exchanges, file);
            return file.toString();
        } catch (IOException e) {
            return "none, as it could not be written: " + e;
        }
    }
}
