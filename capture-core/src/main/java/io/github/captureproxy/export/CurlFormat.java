package io.github.captureproxy.export;

import io.github.captureproxy.exchange.Exchange;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;

/**
 * Requests as commands for <a href="https://curl.se">curl</a>, one after the other, quoted for a shell. A command sends
 * the method, target, fields and body bytes that were captured, but for what was for one hop alone and what curl makes
 * itself: {@code Content-Length}, chunks, {@code Connection}, {@code Proxy-*}; {@code --compressed} stands for
 * {@code Accept-Encoding}. What is missing then is said in a comment before it.
 *
 * <p>A body that is short text is an argument. All others are in the text as Base64, whatever their size, which the
 * command decodes; or in files, see {@link #bodiesIn}. Fields that aren't ASCII are exact in {@link Shell#BASH} alone.
 */
public final class CurlFormat extends TextFormat {
    private final Shell shell;
    private final Redaction redaction;
    private final @Nullable Path folder;

    CurlFormat(Shell shell, Redaction redaction, @Nullable Path folder) {
        super(redaction);
        this.shell = shell;
        this.redaction = redaction;
        this.folder = folder;
    }

    @Override
    public CurlFormat redact(Redaction other) {
        return new CurlFormat(shell, other, folder);
    }

    /**
     * The same format with bodies in files, unless they are short text. Each command names its file by an absolute path.
     *
     * @param directory a folder that exists; the files get new names in it, and only the owner may read them
     * @return a format that differs in that alone
     */
    public CurlFormat bodiesIn(Path directory) {
        return new CurlFormat(shell, redaction, directory.toAbsolutePath());
    }

    @Override
    void piece(Exchange exchange, OutputStream out) throws IOException {
        new CurlCommand(shell.syntax(), folder).write(exchange, out);
    }

    @Override
    String between() {
        return shell.syntax().newLine();
    }

    @Override
    public String toString() {
        return "curl commands for " + shell;
    }
}
