package io.github.captureproxy.tls;

import java.util.List;

/**
 * Something that the person who runs the proxy should look into: several origins running had bad certificates, and none a
 * good one in between. A captive portal, a wrong clock or a company root that is missing look like that.
 *
 * @param names the names in question
 * @param message what it is and what to do, in words
 */
public record TlsWarning(List<String> names, String message) {
    /** Copies the list. */
    public TlsWarning {
        names = List.copyOf(names);
    }
}
