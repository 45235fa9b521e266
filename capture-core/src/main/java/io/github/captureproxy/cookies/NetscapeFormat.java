package io.github.captureproxy.cookies;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

import java.io.IOException;
import java.io.OutputStream;
import java.time.Instant;
import java.util.List;

/** Cookies in the format of Netscape's browser: a line for each, of seven fields with tabs between them. */
final class NetscapeFormat {
    private static final String FIRST_LINE = "# Netscape HTTP Cookie File\n";

    private NetscapeFormat() {}

    static void write(List<CapturedCookie> cookies, OutputStream out) throws IOException {
        out.write(FIRST_LINE.getBytes(ISO_8859_1)); // some readers take no file without it
        int leftOut = 0;
        for (CapturedCookie cookie : cookies) {
            if (fits(cookie)) {
                out.write(line(cookie).getBytes(ISO_8859_1));
            } else {
                leftOut++;
            }
        }
        if (leftOut > 0) {
            out.write(("# left out, as this format cannot hold them: " + leftOut + "\n").getBytes(ISO_8859_1));
        }
        out.flush();
    }

    private static boolean fits(CapturedCookie cookie) {
        String all = cookie.name() + cookie.value() + cookie.domain() + cookie.path();
        return !cookie.name().isEmpty() && all.chars().noneMatch(c -> c < ' ' || c == 0x7f);
    }

    private static String line(CapturedCookie cookie) {
        String domain = (cookie.hostOnly() ? "" : ".") + cookie.domain();
        return (cookie.httpOnly() ? "#HttpOnly_" : "")
                + String.join(
                        "\t",
                        domain,
                        flag(!cookie.hostOnly()),
                        cookie.path(),
                        flag(cookie.secure()),
                        String.valueOf(expires(cookie)),
                        cookie.name(),
                        cookie.value())
                + "\n";
    }

    private static String flag(boolean value) {
        return value ? "TRUE" : "FALSE";
    }

    /** Seconds of Unix time; 0 says that it is for the session, so no cookie may end then. */
    private static long expires(CapturedCookie cookie) {
        return cookie.expires()
                .map(Instant::getEpochSecond)
                .map(end -> Math.max(end, 1))
                .orElse(0L);
    }
}
