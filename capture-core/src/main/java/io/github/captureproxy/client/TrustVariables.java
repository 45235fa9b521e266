package io.github.captureproxy.client;

import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** The environment variables by which common tools are told whom to trust. */
final class TrustVariables {
    /** What such a variable names takes the place of the tool's own roots. */
    private static final List<String> REPLACING = List.of(
            "SSL_CERT_FILE", // OpenSSL, Go, Ruby, Python's ssl and httpx, Rust's native roots
            "CURL_CA_BUNDLE",
            "REQUESTS_CA_BUNDLE",
            "PIP_CERT",
            "GIT_SSL_CAINFO",
            "AWS_CA_BUNDLE",
            "CARGO_HTTP_CAINFO",
            "PERL_LWP_SSL_CA_FILE",
            "NIX_SSL_CERT_FILE",
            "GRPC_DEFAULT_SSL_ROOTS_FILE_PATH");

    /** What such a variable names comes beside them. */
    private static final List<String> ADDING = List.of("NODE_EXTRA_CA_CERTS", "DENO_CERT");

    private TrustVariables() {}

    static Map<String, String> of(String added, String bundle) {
        Map<String, String> variables = new TreeMap<>();
        REPLACING.forEach(name -> variables.put(name, bundle));
        ADDING.forEach(name -> variables.put(name, added));
        return Collections.unmodifiableMap(variables);
    }
}
