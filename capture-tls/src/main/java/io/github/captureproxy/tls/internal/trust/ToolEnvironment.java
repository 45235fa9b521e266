package io.github.captureproxy.tls.internal.trust;

import java.nio.file.Path;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** The environment variables by which common tools are told whom to trust. */
public final class ToolEnvironment {
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

    private ToolEnvironment() {}

    /**
     * Lists the variables.
     *
     * @param certificate a PEM file with the authority
     * @param bundle a PEM file with the platform's roots and the authority
     * @return absolute paths by variable, sorted; immutable
     */
    public static Map<String, String> variables(Path certificate, Path bundle) {
        Map<String, String> variables = new TreeMap<>();
        REPLACING.forEach(name -> variables.put(name, bundle.toAbsolutePath().toString()));
        ADDING.forEach(name -> variables.put(name, certificate.toAbsolutePath().toString()));
        return Collections.unmodifiableMap(variables);
    }
}
