package io.github.captureproxy.tls;

import io.github.captureproxy.tls.internal.issuing.AuthorityTemplate;
import io.github.captureproxy.tls.internal.issuing.LeafName;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;

/**
 * What a new {@link CertificateAuthority} is to be like, and the clock that every authority goes by. An authority that
 * is there already stays as it is. Immutable.
 */
public final class AuthorityOptions {
    /** How long a stored authority is valid: 3,652 days, ten years. */
    public static final Duration STORED_LIFETIME = Duration.ofDays(3_652);

    /** How long an ephemeral authority is valid: 30 days. */
    public static final Duration EPHEMERAL_LIFETIME = Duration.ofDays(30);

    private static final Duration MAX_LIFETIME = Duration.ofDays(9_131);
    private static final AuthorityOptions DEFAULTS = builder().build();

    private final AuthorityKeyType keyType;
    private final String commonName;
    private final Optional<Duration> lifetime;
    private final List<String> permittedDomains;
    private final Clock clock;

    private AuthorityOptions(Builder builder) {
        this.keyType = builder.keyType;
        this.commonName = builder.commonName;
        this.lifetime = builder.lifetime;
        this.permittedDomains = List.copyOf(builder.permittedDomains);
        this.clock = builder.clock;
    }

    /**
     * EC P-256, no name constraints, the system's clock.
     *
     * @return the options
     */
    public static AuthorityOptions defaults() {
        return DEFAULTS;
    }

    /**
     * Starts with the defaults.
     *
     * @return a builder
     */
    public static Builder builder() {
        return new Builder();
    }

    Clock clock() {
        return clock;
    }

    AuthorityTemplate template(Duration defaultLifetime) {
        List<String> domains = new ArrayList<>(permittedDomains);
        if (!domains.isEmpty()) { // without the proxy's own host no client that heeds them would pass the trust check
            domains.add(TlsInterception.OWN_HOST);
        }
        return new AuthorityTemplate(keyType.spec(), commonName, lifetime.orElse(defaultLifetime), domains);
    }

    @Override
    public String toString() {
        return "AuthorityOptions[keyType=" + keyType + ", commonName=" + commonName + ", lifetime="
                + lifetime.map(Duration::toString).orElse("default") + ", permittedDomains=" + permittedDomains + "]";
    }

    /** Collects options. For one thread. */
    public static final class Builder {
        /** What is left of the 64 characters of RFC 5280 appendix A.1 beside a date, eight digits and two spaces. */
        private static final int MAX_COMMON_NAME = 44;

        private AuthorityKeyType keyType = AuthorityKeyType.EC_P256;
        private String commonName = "Capture Proxy CA";
        private Optional<Duration> lifetime = Optional.empty();
        private final Set<String> permittedDomains = new LinkedHashSet<>();
        private Clock clock = Clock.systemUTC();

        private Builder() {}

        /**
         * Sets the kind of key.
         *
         * @param type the kind
         * @return this builder
         */
        public Builder keyType(AuthorityKeyType type) {
            this.keyType = Objects.requireNonNull(type, "type");
            return this;
        }

        /**
         * Sets what the common name starts with. The date and eight random digits follow, so that no two authorities
         * have the same one.
         *
         * @param prefix 1 to 44 printable characters of ASCII
         * @return this builder
         */
        public Builder commonName(String prefix) {
            if (prefix.isBlank()
                    || prefix.length() > MAX_COMMON_NAME
                    || !prefix.chars().allMatch(c -> c >= ' ' && c < 127)) {
                throw new IllegalArgumentException("an authority's common name starts with 1 to " + MAX_COMMON_NAME
                        + " printable characters of ASCII, not with \"" + prefix + "\"");
            }
            this.commonName = prefix.strip();
            return this;
        }

        /**
         * Sets how long a new authority is valid from the moment when it is made. By default it is
         * {@link #STORED_LIFETIME} or {@link #EPHEMERAL_LIFETIME}.
         *
         * @param duration from one minute to 25 years
         * @return this builder
         */
        public Builder lifetime(Duration duration) {
            if (duration.compareTo(Duration.ofMinutes(1)) < 0 || duration.compareTo(MAX_LIFETIME) > 0) {
                throw new IllegalArgumentException(
                        "an authority is valid for one minute to 25 years (" + MAX_LIFETIME + "), not for " + duration);
            }
            this.lifetime = Optional.of(duration);
            return this;
        }

        /**
         * Has a new authority vouch for certain domains only (name constraints, RFC 5280 section 4.2.1.10): clients that
         * heed them in a root refuse its leaves for all other names and for all addresses, even if its key is stolen.
         * OpenSSL, Go and browsers do; the JDK takes no notice of what a root itself says (section 6.2 leaves it free).
         * The proxy's own host, {@code capture.internal}, is always among them, for the trust check.
         *
         * @param domains domain names in ASCII; each includes its subdomains
         * @return this builder
         */
        public Builder permittedDomains(String... domains) {
            for (String domain : domains) {
                LeafName name = LeafName.of(domain.startsWith(".") ? domain.substring(1) : domain);
                if (name.address().isPresent()) {
                    throw new IllegalArgumentException(
                            "an authority's permitted domains are names, but this is an address: " + domain);
                }
                permittedDomains.add(name.text());
            }
            return this;
        }

        /**
         * Sets the clock by which an authority and its leaves are dated and checked.
         *
         * @param time the clock; asked from any thread
         * @return this builder
         */
        public Builder clock(Clock time) {
            this.clock = Objects.requireNonNull(time, "time");
            return this;
        }

        /**
         * Makes the options.
         *
         * @return immutable options
         */
        public AuthorityOptions build() {
            return new AuthorityOptions(this);
        }
    }
}
