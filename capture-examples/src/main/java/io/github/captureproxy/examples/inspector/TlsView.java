package io.github.captureproxy.examples.inspector;

import io.github.captureproxy.exchange.ClientTls;
import io.github.captureproxy.exchange.OriginTls;
import io.github.captureproxy.exchange.TlsFailure;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.security.cert.CertificateEncodingException;
import java.security.cert.CertificateParsingException;
import java.security.cert.X509Certificate;
import java.security.interfaces.ECPublicKey;
import java.security.interfaces.RSAPublicKey;
import java.time.Instant;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;

/**
 * TLS with the client or the origin, as the page takes it.
 *
 * @param version the version
 * @param cipherSuite the cipher suite
 * @param alpn what was agreed on
 * @param serverName the name that was asked for
 * @param fingerprint the client's JA4
 * @param resumed whether an earlier session was resumed
 * @param validity how the origin's certificate was accepted
 * @param certificates the origin's chain
 */
record TlsView(
        String version,
        String cipherSuite,
        Optional<String> alpn,
        Optional<String> serverName,
        Optional<String> fingerprint,
        Optional<Boolean> resumed,
        Optional<OriginTls.Validity> validity,
        List<CertificateView> certificates) {
    /** A chain is no longer than this in practice. */
    private static final int MAX_CERTIFICATES = 20;

    static TlsView of(ClientTls tls) {
        return new TlsView(
                tls.version(),
                tls.cipherSuite(),
                tls.applicationProtocol(),
                tls.serverName(),
                Optional.of(tls.fingerprint()),
                Optional.of(tls.resumed()),
                Optional.empty(),
                List.of());
    }

    static TlsView of(OriginTls tls) {
        return new TlsView(
                tls.version(),
                tls.cipherSuite(),
                tls.applicationProtocol(),
                tls.serverName(),
                Optional.empty(),
                Optional.empty(),
                Optional.of(tls.validity()),
                tls.certificates().stream()
                        .limit(MAX_CERTIFICATES)
                        .map(CertificateView::of)
                        .toList());
    }

    /**
     * A certificate.
     *
     * @param subject whose it is
     * @param issuer who made it
     * @param names the names that it is good for
     * @param from from when on
     * @param until until when
     * @param serial its serial number in hex
     * @param key the public key in words
     * @param signature the algorithm of its signature
     * @param sha256 its fingerprint in hex
     */
    record CertificateView(
            String subject,
            String issuer,
            List<String> names,
            Instant from,
            Instant until,
            String serial,
            String key,
            String signature,
            String sha256) {
        private static final int MAX_NAMES = 100;
        private static final int DNS = 2;
        private static final int ADDRESS = 7;

        static CertificateView of(X509Certificate certificate) {
            return new CertificateView(
                    certificate.getSubjectX500Principal().getName(),
                    certificate.getIssuerX500Principal().getName(),
                    names(certificate),
                    certificate.getNotBefore().toInstant(),
                    certificate.getNotAfter().toInstant(),
                    certificate.getSerialNumber().toString(16),
                    key(certificate),
                    certificate.getSigAlgName(),
                    digest(certificate));
        }

        private static List<String> names(X509Certificate certificate) {
            try {
                var names = certificate.getSubjectAlternativeNames();
                return names == null
                        ? List.of()
                        : names.stream()
                                .filter(name ->
                                        name.get(0).equals(DNS) || name.get(0).equals(ADDRESS))
                                .limit(MAX_NAMES)
                                .map(name -> String.valueOf(name.get(1)))
                                .toList();
            } catch (CertificateParsingException e) {
                return List.of("(not readable)");
            }
        }

        private static String key(X509Certificate certificate) {
            var key = certificate.getPublicKey();
            if (key instanceof RSAPublicKey rsa) {
                return "RSA, " + rsa.getModulus().bitLength() + " bits";
            }
            if (key instanceof ECPublicKey ec) {
                return "EC, " + ec.getParams().getOrder().bitLength() + " bits";
            }
            return key.getAlgorithm();
        }

        private static String digest(X509Certificate certificate) {
            try {
                byte[] digest = MessageDigest.getInstance("SHA-256").digest(certificate.getEncoded());
                return HexFormat.ofDelimiter(":").formatHex(digest);
            } catch (CertificateEncodingException e) {
                return "(not readable)";
            } catch (NoSuchAlgorithmException e) {
                throw new IllegalStateException("every JDK has SHA-256", e);
            }
        }
    }

    /**
     * A handshake that failed.
     *
     * @param side whose it was
     * @param phase how far it had come
     * @param name the name that was asked for
     * @param alert the peer's alert
     * @param certificates the subjects that were judged
     * @param problem what is wrong
     * @param time when
     */
    record FailureView(
            String side,
            String phase,
            String name,
            Optional<String> alert,
            List<String> certificates,
            String problem,
            Instant time) {
        static FailureView of(TlsFailure failure) {
            return new FailureView(
                    failure.side().name(),
                    failure.phase().name(),
                    failure.name(),
                    failure.alert(),
                    failure.certificates(),
                    failure.problem(),
                    failure.time());
        }
    }
}
