package io.github.captureproxy.export;

/**
 * The formats that exchanges can be written in. Each redacts secrets by a {@link Redaction#standard()} of its own unless
 * another policy is chosen.
 */
public final class Export {
    private Export() {}

    /**
     * JSON lines: one exchange a line, with all that is known of it, for {@link JsonLines} to read back. Opened on a file
     * it goes on behind what is there; the rest of a line that a killed process left is taken off first. A file has one
     * writer at a time.
     *
     * @return the format
     */
    public static ExportFormat jsonLines() {
        return new JsonLinesFormat(Redaction.standard());
    }
}
