package io.github.captureproxy.examples;

import io.github.captureproxy.tls.AuthorityTrust;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Optional;

/**
 * Files beside the authority that hold it together with the system's own roots, for programs that take one file in place
 * of those: what passes through untouched is to be accepted too.
 *
 * @param bundle in PEM
 * @param javaStore a Java trust store
 */
record TrustFiles(Path bundle, Path javaStore) {
    /** No secret: Java wants a password, and there is nothing to hide in the file. */
    static final String PASSWORD = "changeit";

    /** Writes them anew, as the system's roots change; an authority in a folder that can't be written does without. */
    static Optional<TrustFiles> write(AuthorityTrust trust, Path folder) {
        TrustFiles files = new TrustFiles(folder.resolve("bundle.pem"), folder.resolve("java-trust.p12"));
        try {
            trust.writeBundle(files.bundle);
            trust.writeTrustStore(files.javaStore, PASSWORD.toCharArray());
            return Optional.of(files);
        } catch (IOException e) {
            return Optional.empty(); // the advice then leaves out what needs them
        }
    }
}
