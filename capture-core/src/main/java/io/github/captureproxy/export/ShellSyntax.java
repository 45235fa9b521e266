package io.github.captureproxy.export;

import io.github.captureproxy.exchange.CapturedBody;
import java.io.IOException;
import java.io.OutputStream;
import java.util.List;

/** How a command with its arguments, and bytes to feed to it, are written for a shell. Stateless. */
interface ShellSyntax {
    /** What the program is called. */
    String program();

    /** What goes on with a command on the next line, and its indentation. */
    String continuation();

    /** The end of a line. */
    String newLine();

    /** A comment on a line of its own. */
    String comment(String remark);

    /** Tells if bytes can be an argument, and may be one: long or unreadable ones are rather fed in. */
    boolean canQuote(byte[] argument);

    /** Quotes bytes; if they can't be an argument, as near as it gets. */
    String quote(byte[] argument);

    /** Lines that have to stand before a command with these quoted arguments; empty as a rule. */
    String setUp(List<String> quoted);

    /** Writes what stands before a command that a body is fed to. */
    void beforeFed(CapturedBody body, OutputStream out) throws IOException;

    /** The argument that stands for the body that is fed in, already quoted. */
    String fed();

    /** Writes what stands behind a command that a body is fed to. */
    void afterFed(CapturedBody body, OutputStream out) throws IOException;
}
