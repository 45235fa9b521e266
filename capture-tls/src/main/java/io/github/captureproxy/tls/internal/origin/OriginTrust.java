package io.github.captureproxy.tls.internal.origin;

import io.github.captureproxy.tls.internal.host.HostName;
import io.github.captureproxy.tls.internal.trust.TrustStores;
import java.net.Socket;
import java.security.cert.CertificateException;
import java.security.cert.X509Certificate;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.Collection;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import javax.net.ssl.SSLEngine;
import javax.net.ssl.X509ExtendedTrustManager;
import javax.security.auth.x500.X500Principal;
import org.jspecify.annotations.Nullable;

/**
 * Decides on origins' certificates: PKIX to the configured anchors, strong keys and signatures below them, and the name
 * (RFC 9525). One exact certificate can be trusted for a name instead. Says in words what is wrong. Safe for any thread.
 */
public final class OriginTrust extends X509ExtendedTrustManager {
    /** Some certificates are for hundreds of names, and what is said of them is kept and listed. */
    private static final int NAMES_TOLD = 5;

    private final X509ExtendedTrustManager pkix;
    private final Set<X509Certificate> anchors;
    private final Set<X500Principal> anchorNames;
    private final Fingerprints fingerprints;
    private final Clock clock;

    /**
     * Prepares to judge.
     *
     * @param anchors whom to trust
     * @param fingerprints the certificates that are trusted as they are
     * @param clock tells what to say of a validity that is over or has not begun
     */
    public OriginTrust(Collection<X509Certificate> anchors, Fingerprints fingerprints, Clock clock) {
        this.anchors = new LinkedHashSet<>(anchors);
        this.anchorNames =
                anchors.stream().map(X509Certificate::getSubjectX500Principal).collect(Collectors.toSet());
        this.pkix = TrustStores.trustManager(TrustStores.store(this.anchors));
        this.fingerprints = fingerprints;
        this.clock = clock;
    }

    /** Checks a chain up to an anchor, and for the name where the connection asks for that. */
    @FunctionalInterface
    private interface PathCheck {
        void run() throws CertificateException;
    }

    @Override
    public void checkServerTrusted(X509Certificate[] chain, String authType, SSLEngine engine)
            throws CertificateException {
        check(chain, engine.getPeerHost(), () -> pkix.checkServerTrusted(chain, authType, engine));
    }

    @Override
    public void checkServerTrusted(X509Certificate[] chain, String authType, Socket socket)
            throws CertificateException {
        check(chain, PeerHost.of(socket), () -> pkix.checkServerTrusted(chain, authType, socket));
    }

    private void check(X509Certificate[] chain, @Nullable String host, PathCheck pathCheck)
            throws CertificateException {
        if (host == null) {
            throw new CertificateException("no host is known that the certificate has to be for");
        }
        String name = HostName.normalized(host);
        if (fingerprints.contains(name, chain[0])) {
            return;
        }
        PresentedPath path = PresentedPath.of(chain, anchors, anchorNames);
        boolean isForName = ServiceIdentity.matches(chain[0], name);
        try {
            pathCheck.run();
        } catch (CertificateException e) {
            throw new OriginCertificateException(words(chain, path, name, e), chain, e);
        }
        // PKIX takes a certificate that is trusted itself for an anchor, which it asks nothing.
        Optional<String> fault = untimely(chain[0]).or(path::weakness);
        if (fault.isPresent()) {
            throw new OriginCertificateException(fault.get(), chain, null);
        }
        if (!isForName) {
            throw new OriginCertificateException(otherName(chain[0], name), chain, null);
        }
    }

    private String words(X509Certificate[] chain, PresentedPath path, String name, CertificateException e) {
        for (X509Certificate each : path.certificates()) {
            Optional<String> fault = untimely(each);
            if (fault.isPresent()) {
                return (each.equals(chain[0]) ? "" : "has an issuer, " + subject(each) + ", that ") + fault.get();
            }
        }
        if (!path.isAnchored()) {
            return unknownIssuer(path.certificates());
        }
        if (!ServiceIdentity.matches(chain[0], name)) {
            return otherName(chain[0], name);
        }
        return path.weakness().orElseGet(() -> "is not accepted: " + rootMessage(e));
    }

    private Optional<String> untimely(X509Certificate certificate) {
        Instant now = clock.instant();
        Instant from = certificate.getNotBefore().toInstant();
        Instant until = certificate.getNotAfter().toInstant();
        if (now.isAfter(until)) {
            return Optional.of("expired on " + day(until));
        }
        return now.isBefore(from) ? Optional.of("is not valid before " + day(from)) : Optional.empty();
    }

    private static String unknownIssuer(List<X509Certificate> path) {
        X509Certificate last = path.get(path.size() - 1);
        if (!last.getIssuerX500Principal().equals(last.getSubjectX500Principal())) {
            return (path.size() == 1
                            ? "is not trusted: its issuer "
                            : "is not trusted: the end of its chain, issued by ")
                    + last.getIssuerX500Principal().getName() + ", is not known";
        }
        return path.size() == 1 ? "is self-signed" : "is not trusted: its root " + subject(last) + " is not known";
    }

    private static String otherName(X509Certificate leaf, String name) {
        List<String> names = ServiceIdentity.names(leaf);
        if (names.isEmpty()) {
            return "has no subjectAltName, so that it is for no name";
        }
        String more = names.size() <= NAMES_TOLD ? "" : " and " + (names.size() - NAMES_TOLD) + " more";
        return "is for " + String.join(", ", names.subList(0, Math.min(names.size(), NAMES_TOLD))) + more + ", not for "
                + name;
    }

    private static String subject(X509Certificate certificate) {
        return certificate.getSubjectX500Principal().getName();
    }

    private static String day(Instant time) {
        return time.atZone(ZoneOffset.UTC).toLocalDate().toString();
    }

    private static String rootMessage(Throwable thrown) {
        Throwable root = thrown;
        for (int depth = 0; root.getCause() != null && depth < 10; depth++) {
            root = root.getCause();
        }
        return String.valueOf(root.getMessage());
    }

    @Override
    public void checkServerTrusted(X509Certificate[] chain, String authType) {
        throw new UnsupportedOperationException("a certificate is judged for a name: give the engine or the socket");
    }

    @Override
    public void checkClientTrusted(X509Certificate[] chain, String authType, Socket socket) {
        throw new UnsupportedOperationException("clients are asked for no certificate");
    }

    @Override
    public void checkClientTrusted(X509Certificate[] chain, String authType, SSLEngine engine) {
        throw new UnsupportedOperationException("clients are asked for no certificate");
    }

    @Override
    public void checkClientTrusted(X509Certificate[] chain, String authType) {
        throw new UnsupportedOperationException("clients are asked for no certificate");
    }

    @Override
    public X509Certificate[] getAcceptedIssuers() {
        return new X509Certificate[0];
    }
}
