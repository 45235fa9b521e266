package io.github.captureproxy.export;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static java.nio.charset.StandardCharsets.UTF_8;

import io.github.captureproxy.exchange.CapturedBody;
import java.io.IOException;
import java.io.OutputStream;
import java.util.List;

/**
 * PowerShell: single quotes, doubled within. Up to 7.2 it hands double quotes in arguments on as they are, so these are
 * escaped as programs on Windows undo it; since 7.3 it would do that once more, unless it is told to do as before. Bodies
 * with other than ASCII go through a file, since encodings differ between versions.
 */
final class PowerShellSyntax implements ShellSyntax {
    /** Half of what Windows lets a whole command line have. */
    private static final int LONGEST = 16 * 1024;

    private static final String AS_BEFORE = "$PSNativeCommandArgumentPassing = 'Legacy'\n";

    /** Typographic quotes end a string in PowerShell as plain ones do. */
    private static final String QUOTES = "['\u2018\u2019\u201a\u201b]";

    @Override
    public String program() {
        return "curl.exe"; // In Windows PowerShell "curl" is another program.
    }

    @Override
    public String continuation() {
        return " `\n  ";
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
        String text = new String(argument, US_ASCII);
        return argument.length <= LONGEST && WireText.isPrintable(text.replace('\n', ' '));
    }

    @Override
    public String quote(byte[] argument) {
        String text = new String(argument, UTF_8);
        boolean asItIs = text.indexOf('"') < 0 && !text.isEmpty() && !text.endsWith("\\");
        return "'" + (asItIs ? text : CmdSyntax.argument(text)).replaceAll(QUOTES, "$0$0") + "'";
    }

    @Override
    public String setUp(List<String> quoted) {
        return quoted.stream().anyMatch(argument -> argument.indexOf('"') >= 0) ? AS_BEFORE : "";
    }

    @Override
    public void beforeFed(CapturedBody body, OutputStream out) throws IOException {
        out.write("$body = New-TemporaryFile\n[IO.File]::WriteAllBytes($body, [Convert]::FromBase64String(@'\n"
                .getBytes(US_ASCII));
        Base64Lines.write(body, "", 57, "\n", out);
        out.write("'@))\n".getBytes(US_ASCII));
    }

    @Override
    public String fed() {
        return "\"@$body\"";
    }

    @Override
    public void afterFed(CapturedBody body, OutputStream out) throws IOException {
        out.write("Remove-Item $body\n".getBytes(US_ASCII));
    }
}
