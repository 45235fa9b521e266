package io.github.captureproxy.spi;

import io.github.captureproxy.exchange.CapturedRequest;
import java.net.InetSocketAddress;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;

/**
 * A page that a proxy answers itself.
 *
 * @param status the status, 200 to 599
 * @param contentType the value of its {@code Content-Type} field
 * @param headers further fields, such as {@code Content-Disposition}
 * @param body the content; not changed by anyone after this
 */
public record OwnPage(int status, String contentType, Map<String, String> headers, byte[] body) {
    private static final int MIN_STATUS = 200;
    private static final int MAX_STATUS = 599;
    private static final int OK = 200;

    /** Checks the parts, and copies the map. */
    public OwnPage {
        if (status < MIN_STATUS || status > MAX_STATUS) {
            throw new IllegalArgumentException("the status is " + status + ": give 200 to 599");
        }
        Objects.requireNonNull(contentType, "contentType");
        Objects.requireNonNull(body, "body");
        headers = Map.copyOf(headers);
    }

    /**
     * A page with status 200.
     *
     * @param contentType the value of its {@code Content-Type} field
     * @param headers further fields
     * @param body the content; not changed by anyone after this
     */
    public OwnPage(String contentType, Map<String, String> headers, byte[] body) {
        this(OK, contentType, headers, body);
    }

    /**
     * What is asked for.
     *
     * @param message the request as it was sent; with its body where a {@link Source} is asked, which gets no body of
     *     more than 16 KiB
     * @param secure true if it came over TLS with a certificate of this proxy's authority, which the client then trusts
     * @param allowed true if the client may use the proxy; false where it gets its own pages alone ({@link ClientAccess})
     * @param proxy where the client reached the proxy: {@code host:port} as a client on its network can use it
     * @param client the client's address
     */
    public record Request(
            CapturedRequest message, boolean secure, boolean allowed, String proxy, InetSocketAddress client) {
        /**
         * The target's path.
         *
         * @return the path without its query, as it was sent
         */
        public String path() {
            return message.path();
        }
    }

    /**
     * Makes pages of a program's own, which a proxy shows on its own address, before those of its interceptor; given to
     * the builder's {@code ownPages}. Called on a few threads that pages share with the functions of rules: it may block
     * for a while, up to ten seconds. Safe for any thread.
     *
     * <p>Any client that can connect gets them, and any web page can have a browser ask for them: show nothing that was
     * captured, and change nothing without a check of the {@code Origin} field.
     */
    @FunctionalInterface
    public interface Source {
        /**
         * Makes a page.
         *
         * @param request what is asked for, with any method
         * @return the page; empty to leave it to the interceptor, which has pages for GET and HEAD
         */
        Optional<OwnPage> page(Request request);
    }
}
