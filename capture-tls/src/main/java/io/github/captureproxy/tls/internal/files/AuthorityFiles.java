package io.github.captureproxy.tls.internal.files;

import io.github.captureproxy.tls.internal.issuing.AuthorityCheck;
import io.github.captureproxy.tls.internal.issuing.AuthorityKeyPair;
import io.github.captureproxy.tls.internal.issuing.BadAuthorityException;
import io.github.captureproxy.tls.internal.issuing.PemText;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.security.PrivateKey;
import java.security.cert.X509Certificate;
import java.time.Instant;
import java.util.List;

/** Reads an authority from its files, and says what is wrong with them. */
public final class AuthorityFiles {
    /** Far more than any chain of certificates needs: what is longer is some other file. */
    static final int MAX_BYTES = 1 << 20;

    private AuthorityFiles() {}

    /**
     * Reads an authority and checks it.
     *
     * @param certificateFile PEM; the first certificate is the authority's, others are shown to clients after it
     * @param keyFile PEM, readable by its owner alone; may be the same file
     * @param now the present
     * @return an authority that clients can accept leaves of
     * @throws AuthorityFileException if a file is missing, open to others, broken, or not an authority's
     */
    public static AuthorityKeyPair read(Path certificateFile, Path keyFile, Instant now) throws AuthorityFileException {
        List<X509Certificate> chain = parse(certificateFile).certificates();
        PrivateKey key = key(keyFile, keyText(keyFile));
        return checked(certificateFile, chain, keyFile, key, now);
    }

    static PemText keyText(Path keyFile) throws AuthorityFileException {
        try {
            if (Files.exists(keyFile) && OwnerOnly.isOpenToOthers(keyFile)) {
                throw new AuthorityFileException(
                        keyFile,
                        "holds a private key, and others than its owner can get at it: run chmod 600 " + keyFile
                                + ", and if somebody may have read it, renew the authority (CertificateAuthority.renew)");
            }
        } catch (IOException e) {
            throw unreadable(keyFile, e);
        }
        return parse(keyFile);
    }

    static PrivateKey key(Path keyFile, PemText text) throws AuthorityFileException {
        return text.privateKey()
                .orElseThrow(() -> new AuthorityFileException(
                        keyFile, "holds no private key in PEM: restore it or renew the authority"));
    }

    static AuthorityKeyPair checked(
            Path certificateFile, List<X509Certificate> chain, Path keyFile, PrivateKey key, Instant now)
            throws AuthorityFileException {
        AuthorityKeyPair pair = timeless(certificateFile, chain, keyFile, key);
        try {
            AuthorityCheck.validity(pair.certificate(), now);
        } catch (BadAuthorityException e) {
            throw bad(certificateFile, e);
        }
        return pair;
    }

    /** Like {@link #checked}, whether or not its time has come or gone. */
    static AuthorityKeyPair timeless(Path certificateFile, List<X509Certificate> chain, Path keyFile, PrivateKey key)
            throws AuthorityFileException {
        if (chain.isEmpty()) {
            throw new AuthorityFileException(
                    certificateFile, "holds no certificate in PEM: restore it or renew the authority");
        }
        try {
            AuthorityCheck.purpose(chain.get(0));
        } catch (BadAuthorityException e) {
            throw bad(certificateFile, e);
        }
        try {
            AuthorityCheck.keyMatches(chain.get(0), key);
        } catch (BadAuthorityException e) {
            throw bad(keyFile, e);
        }
        return new AuthorityKeyPair(chain, key);
    }

    static PemText parse(Path file) throws AuthorityFileException {
        try {
            return PemText.parse(new String(bytes(file), StandardCharsets.ISO_8859_1));
        } catch (BadAuthorityException e) {
            throw bad(file, e);
        } catch (NoSuchFileException e) {
            throw new AuthorityFileException(file, "is missing: restore it, or give the right file", e);
        } catch (IOException e) {
            throw unreadable(file, e);
        }
    }

    private static byte[] bytes(Path file) throws IOException, AuthorityFileException {
        try (InputStream in = Files.newInputStream(file)) {
            byte[] bytes = in.readNBytes(MAX_BYTES + 1);
            if (bytes.length > MAX_BYTES) {
                throw new AuthorityFileException(
                        file, "is longer than " + MAX_BYTES + " bytes: give a file that holds PEM alone");
            }
            return bytes;
        }
    }

    private static AuthorityFileException bad(Path file, BadAuthorityException problem) {
        return new AuthorityFileException(file, String.valueOf(problem.getMessage()), problem);
    }

    private static AuthorityFileException unreadable(Path file, IOException cause) {
        return new AuthorityFileException(file, "can't be read (" + cause + "): let this process read it", cause);
    }
}
