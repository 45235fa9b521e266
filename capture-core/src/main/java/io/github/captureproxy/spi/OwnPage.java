package io.github.captureproxy.spi;

import java.net.InetSocketAddress;
import java.util.Map;
import java.util.Objects;

/**
 * A page that a proxy answers itself.
 *
 * @param contentType the value of its {@code Content-Type} field
 * @param headers further fields, such as {@code Content-Disposition}
 * @param body the content; not changed by anyone after this
 */
public record OwnPage(String contentType, Map<String, String> headers, byte[] body) {
    /** Copies the map. */
    public OwnPage {
        Objects.requireNonNull(contentType, "contentType");
        Objects.requireNonNull(body, "body");
        headers = Map.copyOf(headers);
    }

    /**
     * What is asked for.
     *
     * @param path the target's path, without its query, starting with a slash
     * @param secure true if it came over TLS with a certificate of this proxy's authority, which the client then trusts
     * @param proxy where the client reached the proxy: {@code host:port} as a client on its network can use it
     * @param client the client's address
     */
    public record Request(String path, boolean secure, String proxy, InetSocketAddress client) {}
}
