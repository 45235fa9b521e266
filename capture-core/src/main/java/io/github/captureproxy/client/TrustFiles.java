package io.github.captureproxy.client;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.PosixFileAttributeView;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.security.cert.CertificateEncodingException;
import java.security.cert.X509Certificate;
import java.util.Base64;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import javax.net.ssl.X509TrustManager;

/** The files by which others are told whom to trust. They hold certificates and no keys: anybody may read them. */
final class TrustFiles {
    static final String BUNDLE = "bundle.pem";
    static final String STORE = "java-trust.p12";

    /** The one type that every Java runtime of today reads; there is none for PEM. */
    static final String STORE_TYPE = "PKCS12";

    /** Java wants one, though nothing in the file is secret. */
    static final String PASSWORD = "changeit";

    private static final Base64.Encoder PEM =
            Base64.getMimeEncoder(64, "\n".getBytes(StandardCharsets.US_ASCII)); // RFC 7468 section 2

    private TrustFiles() {}

    /** Writes both files, each whole or not at all; those that are there are replaced. */
    static List<Path> write(Path folder, X509TrustManager trust) throws IOException {
        Files.createDirectories(folder);
        Path bundle = folder.resolve(BUNDLE);
        replace(bundle, file -> Files.writeString(file, pem(trust), StandardCharsets.US_ASCII));
        Path store = folder.resolve(STORE);
        replace(store, file -> writeStore(file, trust));
        return List.of(bundle, store);
    }

    /** Writes all that is trusted to a PKCS #12 file that is there already. */
    static void writeStore(Path file, X509TrustManager trust) throws IOException {
        try (OutputStream out = Files.newOutputStream(file)) {
            KeyStore store = KeyStore.getInstance(STORE_TYPE);
            store.load(null, null);
            int number = 0;
            for (X509Certificate issuer : issuers(trust)) {
                store.setCertificateEntry("anchor-" + number++, issuer);
            }
            store.store(out, PASSWORD.toCharArray());
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("this Java runtime writes no PKCS #12 trust store", e);
        }
    }

    private static String pem(X509TrustManager trust) {
        StringBuilder text = new StringBuilder();
        for (X509Certificate issuer : issuers(trust)) {
            try {
                text.append("-----BEGIN CERTIFICATE-----\n")
                        .append(PEM.encodeToString(issuer.getEncoded()))
                        .append("\n-----END CERTIFICATE-----\n");
            } catch (CertificateEncodingException e) {
                throw new IllegalStateException("a root can't be encoded: " + issuer.getSubjectX500Principal(), e);
            }
        }
        return text.toString();
    }

    private static Set<X509Certificate> issuers(X509TrustManager trust) {
        return new LinkedHashSet<>(List.of(trust.getAcceptedIssuers()));
    }

    private static void replace(Path file, Content content) throws IOException {
        Path temporary =
                Files.createTempFile(file.toAbsolutePath().getParent(), "." + file.getFileName() + ".", ".tmp");
        try {
            content.writeTo(temporary);
            if (Files.getFileStore(temporary).supportsFileAttributeView(PosixFileAttributeView.class)) {
                Files.setPosixFilePermissions(temporary, PosixFilePermissions.fromString("rw-r--r--"));
            }
            Files.move(temporary, file, StandardCopyOption.REPLACE_EXISTING);
        } finally {
            Files.deleteIfExists(temporary);
        }
    }

    /** What goes into a file. */
    private interface Content {
        void writeTo(Path file) throws IOException;
    }
}
