package io.github.captureproxy.tls.internal.hello;

import java.security.GeneralSecurityException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import javax.net.ssl.SSLContext;
import javax.net.ssl.TrustManager;

/**
 * The order of cipher suites. The JDK puts AES-256 before AES-128; here, as with browsers, AES-128 comes first: the
 * handshake then computes with SHA-256, which costs less than SHA-384, and nobody can break either.
 */
public final class SuiteOrder {
    private static final String LARGE = "AES_256_GCM_SHA384";
    private static final String SMALL = "AES_128_GCM_SHA256";

    private SuiteOrder() {}

    /**
     * Puts the JDK's suites into order.
     *
     * @return the suites that are enabled by default, of each pair of AES-GCM suites the smaller one first
     */
    public static String[] ofDefaults() {
        try {
            SSLContext context = SSLContext.getInstance("TLS");
            context.init(null, new TrustManager[0], null);
            return ordered(context.getDefaultSSLParameters().getCipherSuites());
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("every JVM has TLS", e);
        }
    }

    static String[] ordered(String... suites) {
        List<String> ordered = new ArrayList<>(Arrays.asList(suites));
        for (String suite : suites) {
            String small = suite.replace(LARGE, SMALL);
            int at = ordered.indexOf(suite);
            if (!small.equals(suite) && ordered.indexOf(small) > at) {
                ordered.remove(small);
                ordered.add(at, small);
            }
        }
        return ordered.toArray(String[]::new);
    }
}
