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

    /**
     * HAR 1.2 (HTTP Archive), which browsers' developer tools and many other programs read; {@link Har} reads it back.
     * Bodies have their content codings undone and are text where they are text, else base64; cut ones say so in a
     * comment. WebSocket messages stand where Chromium has them. A collection is written sorted by start. Opened on a
     * file, which must not be there yet, the file is valid after each flush.
     *
     * @return the format
     */
    public static ExportFormat har() {
        return new HarFormat(Redaction.standard());
    }

    /**
     * A collection for Postman.
     *
     * @param name the collection's name
     * @return the format, with folders
     */
    public static PostmanFormat postman(String name) {
        return new PostmanFormat(name, false, Redaction.standard());
    }

    /**
     * Commands for curl.
     *
     * @param shell the shell that they are for
     * @return the format
     */
    public static CurlFormat curl(Shell shell) {
        return new CurlFormat(shell, Redaction.standard(), null);
    }

    /**
     * Messages as HTTP/1.1 writes them.
     *
     * @return the format, with bodies as they were sent
     */
    public static RawHttpFormat rawHttp() {
        return new RawHttpFormat(Redaction.standard(), false);
    }

    /**
     * Stub mappings for WireMock, as its import takes them in one file. A stub wants the method, the path, the query and
     * the body that were captured, JSON by its meaning; of two that want the same, the first answers. It
     * answers with the status, the fields and the decoded body, and breaks off where the origin did without an answer.
     * What a stub can't be is left out: tunnels, upgrades, requests that were never answered. Stubs that users add by hand come
     * before these, as their priority is higher.
     *
     * @return the format, which streams
     */
    public static ExportFormat wireMock() {
        return new WireMockFormat(Redaction.standard());
    }

    /**
     * Java code that sends the requests again.
     *
     * @return the format
     */
    public static JavaCodeFormat javaCode() {
        return new JavaCodeFormat(Redaction.standard());
    }
}
