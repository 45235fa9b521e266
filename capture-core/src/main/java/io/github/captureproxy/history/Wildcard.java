package io.github.captureproxy.history;

import java.util.function.Predicate;
import java.util.regex.Pattern;

/** Texts in which stars stand for other text. All else, the question mark too, stands for itself. */
final class Wildcard {
    private Wildcard() {}

    /** A text in which {@code *} stands for any characters. */
    static Predicate<String> anywhere(String pattern) {
        return matcher(pattern, ".*");
    }

    /** A path in which {@code *} stands for any characters but slashes, and {@code **} for any. */
    static Predicate<String> inPath(String pattern) {
        return matcher(pattern, "[^/]*");
    }

    private static Predicate<String> matcher(String pattern, String star) {
        StringBuilder regex = new StringBuilder();
        int at = 0;
        while (at < pattern.length()) {
            int end = at;
            while (end < pattern.length() && pattern.charAt(end) == '*') {
                end++;
            }
            if (end > at) {
                regex.append(end - at > 1 ? ".*" : star);
            } else {
                end = pattern.indexOf('*', at) < 0 ? pattern.length() : pattern.indexOf('*', at);
                regex.append(Pattern.quote(pattern.substring(at, end)));
            }
            at = end;
        }
        return Pattern.compile(regex.toString(), Pattern.DOTALL).asMatchPredicate();
    }
}
