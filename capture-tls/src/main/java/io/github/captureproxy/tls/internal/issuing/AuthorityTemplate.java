package io.github.captureproxy.tls.internal.issuing;

import java.time.Duration;
import java.util.List;
import java.util.Objects;

/**
 * What a new authority is to be like.
 *
 * @param key the kind of its key
 * @param commonName what its common name starts with; the date and eight random digits follow
 * @param lifetime how long it is valid from now on
 * @param permittedDomains the domains that it is to vouch for with their subdomains, in lower case without a dot at
 *     either end; all if there is none
 */
public record AuthorityTemplate(KeySpec key, String commonName, Duration lifetime, List<String> permittedDomains) {
    /** Checks that nothing is missing. */
    public AuthorityTemplate {
        Objects.requireNonNull(key, "key");
        Objects.requireNonNull(commonName, "commonName");
        Objects.requireNonNull(lifetime, "lifetime");
        permittedDomains = List.copyOf(permittedDomains);
    }
}
