package io.github.captureproxy.tls;

import io.github.captureproxy.tls.internal.host.HostName;
import io.github.captureproxy.tls.internal.hsts.NameSet;
import io.github.captureproxy.tls.internal.hsts.PreloadReader;
import java.io.IOException;
import java.io.InputStream;
import java.net.HttpURLConnection;
import java.net.URI;
import java.net.URLConnection;
import java.nio.charset.StandardCharsets;
import java.nio.file.AccessDeniedException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;

/**
 * The hosts that browsers know by HSTS (RFC 6797) without ever having been there. It is read from the JSON of Chromium's
 * {@code transport_security_state_static.json}, comments and all: entries with the mode {@code force-https}. In memory a
 * name takes 8 bytes. Immutable, safe for any thread.
 */
public final class HstsPreloadList {
    private static final int TIMEOUT_MILLIS = 30_000;

    private final NameSet names;

    private HstsPreloadList(NameSet names) {
        this.names = names;
    }

    /**
     * The top-level domains that are preloaded as a whole, such as {@code dev} and {@code app}: what the library brings
     * along, and what always counts.
     *
     * @return the list, of about fifty names
     */
    public static HstsPreloadList topLevelDomains() {
        return BuiltIn.LIST;
    }

    /**
     * Reads a list from a file.
     *
     * @param file the JSON, or the JSON packed by gzip
     * @return the list
     * @throws IOException if it cannot be read or is not such a list; the message names the file, and says what is wrong
     */
    public static HstsPreloadList load(Path file) throws IOException {
        try (InputStream in = Files.newInputStream(file)) {
            return read(in);
        } catch (IOException e) {
            throw new IOException(
                    "the HSTS preload list " + file + " cannot be read: " + words(e)
                            + "; give Chromium's transport_security_state_static.json",
                    e);
        }
    }

    /** Some exceptions say by their class alone what is wrong, and name the file, which the message does anyway. */
    private static String words(IOException e) {
        if (e instanceof NoSuchFileException) {
            return "there is no such file";
        }
        return e instanceof AccessDeniedException ? "this process may not read it" : String.valueOf(e.getMessage());
    }

    /**
     * Reads a list from a stream, to its end.
     *
     * @param in the JSON, as such, packed by gzip, or in Base64; it stays open
     * @return the list
     * @throws IOException if it cannot be read or is not such a list; the message says what is wrong, and in which line
     */
    public static HstsPreloadList read(InputStream in) throws IOException {
        return new HstsPreloadList(PreloadReader.read(in));
    }

    /**
     * Reads a list from a URL, now: nothing is ever fetched unless a program calls this. Blocks for up to 30 s without
     * an answer.
     *
     * @param url an {@code https}, {@code http} or {@code file} URL of the JSON, as such, packed by gzip, or in Base64
     * @return the list
     * @throws IOException if it cannot be fetched or is not such a list; the message names the URL
     */
    public static HstsPreloadList fetch(URI url) throws IOException {
        try {
            URLConnection connection = url.toURL().openConnection();
            connection.setConnectTimeout(TIMEOUT_MILLIS);
            connection.setReadTimeout(TIMEOUT_MILLIS);
            try {
                return answered(connection);
            } finally {
                if (connection instanceof HttpURLConnection http) {
                    http.disconnect();
                }
            }
        } catch (IOException | IllegalArgumentException e) {
            throw new IOException("the HSTS preload list " + url + " cannot be fetched: " + e.getMessage(), e);
        }
    }

    private static HstsPreloadList answered(URLConnection connection) throws IOException {
        if (connection instanceof HttpURLConnection http && http.getResponseCode() != HttpURLConnection.HTTP_OK) {
            throw new IOException("the answer has the status " + http.getResponseCode());
        }
        try (InputStream in = connection.getInputStream()) {
            return read(in);
        }
    }

    /**
     * The number of names.
     *
     * @return 0 or more
     */
    public int size() {
        return names.size();
    }

    /**
     * Tells if a host is on the list, or is below a name on it that includes its subdomains.
     *
     * @param host a host name, in any case
     * @return true if it is; never for an address
     */
    public boolean covers(String host) {
        return names.covers(HostName.asked(host));
    }

    NameSet names() {
        return names;
    }

    @Override
    public String toString() {
        return "HSTS preload list of " + size() + " names";
    }

    /** Read when it is first asked for. */
    private static final class BuiltIn {
        static final HstsPreloadList LIST = new HstsPreloadList(read());

        private static NameSet read() {
            try (InputStream in = NameSet.class.getResourceAsStream("top-level-domains.txt")) {
                if (in == null) {
                    throw new IllegalStateException("top-level-domains.txt is missing from the jar");
                }
                return PreloadReader.ofLines(new String(in.readAllBytes(), StandardCharsets.US_ASCII)
                        .lines()
                        .toList());
            } catch (IOException e) {
                throw new IllegalStateException("top-level-domains.txt cannot be read from the jar", e);
            }
        }
    }
}
