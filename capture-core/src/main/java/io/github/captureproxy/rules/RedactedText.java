package io.github.captureproxy.rules;

import java.util.regex.Pattern;

/**
 * Parts of captured requests in which redaction has put placeholders. Any secret is as good as the one that stood there,
 * as who asks now has a real one, whatever that is.
 */
final class RedactedText {
    /** With the quotes that are put around it in JSON, where there may have been a number or an object. */
    private static final Pattern PLACEHOLDER = Pattern.compile("\"?redacted-[0-9a-f]{10}\"?");

    private static final String ANY = "redacted-0000000000";

    private RedactedText() {}

    /** The text with one placeholder for all secrets. */
    static String alike(String text) {
        return text.contains("redacted-") ? PLACEHOLDER.matcher(text).replaceAll(ANY) : text;
    }

    /** Tells if a text is the captured one, but for what was redacted in that. */
    static boolean fits(String captured, String asked) {
        String[] pieces = PLACEHOLDER.split(captured, -1);
        if (pieces.length == 1) {
            return captured.equals(asked);
        }
        int last = pieces.length - 1;
        int at = asked.startsWith(pieces[0]) ? pieces[0].length() : -1;
        for (int i = 1; i < last && at >= 0; i++) {
            int found = asked.indexOf(pieces[i], at);
            at = found < 0 ? -1 : found + pieces[i].length();
        }
        return at >= 0 && asked.endsWith(pieces[last]) && asked.length() - pieces[last].length() >= at;
    }

    /** The same for queries, in which no secret has an ampersand. */
    static boolean queryFits(String captured, String asked) {
        String[] wanted = captured.split("&", -1);
        String[] found = asked.split("&", -1);
        boolean fits = wanted.length == found.length;
        for (int i = 0; i < wanted.length && fits; i++) {
            fits = fits(wanted[i], found[i]);
        }
        return fits;
    }
}
