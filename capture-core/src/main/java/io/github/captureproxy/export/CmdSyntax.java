package io.github.captureproxy.export;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static java.nio.charset.StandardCharsets.UTF_8;

import io.github.captureproxy.exchange.CapturedBody;
import java.io.IOException;
import java.io.OutputStream;
import java.util.List;

/**
 * The command prompt of Windows. Double quotes around an argument, unless it has some itself: the prompt knows no escape
 * within quotes, so then all that means something to it gets a caret, the quotes too. A percent sign is written as a
 * variable that holds one: a prompt and a {@code .cmd} file read percent signs differently, and that both read alike.
 */
final class CmdSyntax implements ShellSyntax {
    /** Half of what the prompt lets a line have. */
    private static final int LONGEST = 4_000;

    private static final String PERCENT = "%_%";
    private static final String DEFINE_PERCENT = "set \"_=%%\"\r\nset \"_=%_:~0,1%\"\r\n";

    private static final String FILE = "%TEMP%\\request-body";

    @Override
    public String program() {
        return "curl";
    }

    @Override
    public String continuation() {
        return " ^\r\n  ";
    }

    @Override
    public String newLine() {
        return "\r\n";
    }

    @Override
    public String comment(String remark) {
        return "REM " + remark + "\r\n";
    }

    @Override
    public boolean canQuote(byte[] argument) {
        return argument.length <= LONGEST && WireText.isPrintable(new String(argument, US_ASCII));
    }

    @Override
    public String quote(byte[] argument) {
        String text = new String(argument, UTF_8).replaceAll("[\\r\\n]", " ");
        String quoted = argument(text);
        if (text.indexOf('"') >= 0) {
            quoted = quoted.replaceAll("[()^\"<>&|!]", "^$0");
        }
        return quoted.replace("%", PERCENT);
    }

    /** An argument in double quotes, as programs on Windows read their command line. */
    static String argument(String text) {
        StringBuilder quoted = new StringBuilder("\"");
        int backslashes = 0;
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            if (c == '"') { // Backslashes count as such only before a quote.
                quoted.append("\\".repeat(backslashes + 1));
            }
            backslashes = c == '\\' ? backslashes + 1 : 0;
            quoted.append(c);
        }
        return quoted.append("\\".repeat(backslashes)).append('"').toString();
    }

    @Override
    public String setUp(List<String> quoted) {
        return quoted.stream().anyMatch(argument -> argument.contains(PERCENT)) ? DEFINE_PERCENT : "";
    }

    @Override
    public void beforeFed(CapturedBody body, OutputStream out) throws IOException {
        out.write(("type nul > \"" + FILE + ".txt\"\r\n").getBytes(US_ASCII));
        Base64Lines.write(body, ">> \"" + FILE + ".txt\" echo ", 3_000, "\r\n", out);
        out.write(("certutil -f -decode \"" + FILE + ".txt\" \"" + FILE + ".bin\" > nul\r\n").getBytes(US_ASCII));
    }

    @Override
    public String fed() {
        return "\"@" + FILE + ".bin\"";
    }

    @Override
    public void afterFed(CapturedBody body, OutputStream out) throws IOException {
        out.write(("del \"" + FILE + ".txt\" \"" + FILE + ".bin\"\r\n").getBytes(US_ASCII));
    }
}
