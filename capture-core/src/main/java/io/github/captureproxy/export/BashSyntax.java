package io.github.captureproxy.export;

import static java.nio.charset.StandardCharsets.US_ASCII;

import io.github.captureproxy.exchange.CapturedBody;
import java.io.IOException;
import java.io.OutputStream;
import java.util.List;
import java.util.Locale;

/**
 * Bash and the Z shell: single quotes around text, {@code $'...'} around what has control characters or is not UTF-8; the
 * rest through a pipe, which has no limit and holds NUL.
 */
final class BashSyntax implements ShellSyntax {
    /** Half of what Linux lets a single argument have, as quoting is on top. */
    private static final int LONGEST = 64 * 1024;

    /** Longer bytes that are no text would be nothing to read anyway, and Base64 is shorter. */
    private static final int LONGEST_UNREADABLE = 256;

    /** No line of Base64 is that. */
    private static final String END = "END_OF_BODY";

    @Override
    public String program() {
        return "curl";
    }

    @Override
    public String continuation() {
        return " \\\n  ";
    }

    @Override
    public String newLine() {
        return "\n";
    }

    @Override
    public String comment(String remark) {
        return "# " + remark + "\n";
    }

    @Override
    public boolean canQuote(byte[] argument) {
        for (byte b : argument) {
            if (b == 0) {
                return false;
            }
        }
        BodyStart all = BodyStart.of(argument);
        return argument.length <= (all.text().isPresent() ? LONGEST : LONGEST_UNREADABLE);
    }

    @Override
    public String quote(byte[] argument) {
        String text = BodyStart.of(argument).utf8().orElse("\0");
        if (text.chars().allMatch(c -> c >= ' ' && c != 0x7f || c == '\n' || c == '\t')) {
            return "'" + text.replace("'", "'\\''") + "'";
        }
        StringBuilder quoted = new StringBuilder("$'");
        for (byte b : argument) {
            quoted.append(escaped(b & 0xff));
        }
        return quoted.append('\'').toString();
    }

    private static String escaped(int b) {
        return switch (b) {
            case '\'' -> "\\'";
            case '\\' -> "\\\\";
            case '\n' -> "\\n";
            case '\r' -> "\\r";
            case '\t' -> "\\t";
            default -> b >= ' ' && b < 0x7f ? String.valueOf((char) b) : String.format(Locale.ROOT, "\\x%02x", b);
        };
    }

    @Override
    public String setUp(List<String> quoted) {
        return "";
    }

    @Override
    public void beforeFed(CapturedBody body, OutputStream out) throws IOException {
        out.write(("base64 -d <<'" + END + "' | ").getBytes(US_ASCII));
    }

    @Override
    public String fed() {
        return "@-";
    }

    @Override
    public void afterFed(CapturedBody body, OutputStream out) throws IOException {
        Base64Lines.write(body, "", 57, "\n", out);
        out.write((END + "\n").getBytes(US_ASCII));
    }
}
