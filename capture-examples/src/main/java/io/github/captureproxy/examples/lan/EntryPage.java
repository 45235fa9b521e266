package io.github.captureproxy.examples.lan;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.github.captureproxy.spi.OwnPage;
import java.io.IOException;
import java.io.InputStream;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Base64;
import java.util.Map;

/** The page with the field for the code. Immutable. */
final class EntryPage {
    private static final int OK = 200;

    private final String template;
    private final String policy;

    EntryPage() {
        String style = file("entry.css");
        template = file("entry.html").replace("{{style}}", style);
        policy = "default-src 'none'; style-src '" + hash(style)
                + "'; base-uri 'none'; form-action 'self'; frame-ancestors 'none'";
    }

    private static String file(String name) {
        try (InputStream in = EntryPage.class.getResourceAsStream(name)) {
            if (in == null) {
                throw new IllegalStateException(name + " is missing from the jar");
            }
            return new String(in.readAllBytes(), UTF_8);
        } catch (IOException e) {
            throw new IllegalStateException(name + " cannot be read from the jar", e);
        }
    }

    private static String hash(String text) {
        try {
            byte[] digest = MessageDigest.getInstance("SHA-256").digest(text.getBytes(UTF_8));
            return "sha256-" + Base64.getEncoder().encodeToString(digest);
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every JDK has SHA-256", e);
        }
    }

    /** The page as it is first shown; a code that came in the address stands in the field. */
    OwnPage first(String proxy, String code) {
        return page(OK, proxy, code, "");
    }

    /** The page after an attempt that came to nothing. */
    OwnPage again(int status, String proxy, String problem) {
        return page(status, proxy, "", "<p class=\"problem\" role=\"alert\">" + escaped(problem) + "</p>");
    }

    private OwnPage page(int status, String proxy, String code, String message) {
        String html = template.replace("{{address}}", escaped(proxy))
                .replace("{{code}}", escaped(code))
                .replace("{{focus}}", code.isEmpty() ? " autofocus" : "")
                .replace("{{message}}", message);
        return new OwnPage(
                status,
                "text/html; charset=utf-8",
                Map.of(
                        "Content-Security-Policy", policy,
                        "Referrer-Policy", "same-origin", // without one the form's Origin would be null
                        "Cache-Control", "no-store",
                        "X-Content-Type-Options", "nosniff"),
                html.getBytes(UTF_8));
    }

    private static String escaped(String text) {
        return text.replace("&", "&amp;")
                .replace("<", "&lt;")
                .replace(">", "&gt;")
                .replace("\"", "&quot;");
    }
}
