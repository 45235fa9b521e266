package io.github.captureproxy.examples;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.security.cert.CertificateFactory;
import java.security.cert.X509Certificate;
import java.util.HexFormat;
import javax.naming.InvalidNameException;
import javax.naming.ldap.LdapName;

/**
 * What people and stores know an authority by. It takes no private key, so that it can be had of one that is broken.
 *
 * @param file its certificate in PEM
 * @param certificate its certificate
 */
record StoredAuthority(Path file, X509Certificate certificate) {
    /** The file in an authority's folder that has its certificate. */
    static final String FILE = "ca.pem";

    /** Reads the certificate in a folder. */
    static StoredAuthority in(Path folder) throws IOException, GeneralSecurityException {
        Path file = folder.resolve(FILE);
        try (InputStream in = Files.newInputStream(file)) {
            return new StoredAuthority(file, (X509Certificate)
                    CertificateFactory.getInstance("X.509").generateCertificate(in));
        }
    }

    /** Its common name, by which stores list it; of one without, its whole subject. */
    String name() {
        String subject = certificate.getSubjectX500Principal().getName();
        try {
            return new LdapName(subject)
                    .getRdns().stream()
                            .filter(part -> part.getType().equalsIgnoreCase("CN"))
                            .map(part -> part.getValue().toString())
                            .findFirst()
                            .orElse(subject);
        } catch (InvalidNameException e) {
            return subject; // no name that could be taken apart
        }
    }

    /** The name of a file for its certificate. */
    String fileName() {
        return name().replaceAll("[^A-Za-z0-9.-]+", "-");
    }

    /** The SHA-256 fingerprint as the library and most tools write it. */
    String fingerprint() {
        try {
            byte[] digest = MessageDigest.getInstance("SHA-256").digest(certificate.getEncoded());
            return HexFormat.ofDelimiter(":").withUpperCase().formatHex(digest);
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("every JVM has SHA-256, and what was read can be written", e);
        }
    }
}
