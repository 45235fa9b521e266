package io.github.captureproxy.tls.internal.files;

import io.github.captureproxy.tls.internal.issuing.AuthorityKeyPair;
import io.github.captureproxy.tls.internal.issuing.PemText;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.PrivateKey;
import java.security.cert.X509Certificate;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.function.Supplier;

/**
 * An authority in a folder. {@code ca.key} is the authority: key and certificate in one file, so that one atomic rename
 * makes or replaces both; its owner alone reads it. {@code ca.pem} is a copy of the certificate for others, written
 * after it, and written again whenever it is missing or differs. A {@code ca.key} without a certificate, which somebody
 * else put there, takes {@code ca.pem} for it. Writing takes a lock; reading what is complete takes none, and works in a
 * folder that can't be written. Safe for any thread and process.
 */
public final class AuthorityFolder {
    /** Key and certificate. */
    public static final String KEY_FILE = "ca.key";

    /** The certificate alone. */
    public static final String CERTIFICATE_FILE = "ca.pem";

    private final Path folder;
    private final Path keyFile;
    private final Path certificateFile;
    private final Clock clock;

    /**
     * Names the folder, and does nothing with it yet.
     *
     * @param folder where the authority is, or is to be
     * @param clock tells if it is valid
     */
    public AuthorityFolder(Path folder, Clock clock) {
        this.folder = folder;
        this.keyFile = folder.resolve(KEY_FILE);
        this.certificateFile = folder.resolve(CERTIFICATE_FILE);
        this.clock = clock;
    }

    /**
     * Reads the authority, or puts a new one there if there is none.
     *
     * @param maker makes one, under the folder's lock
     * @return the one that is there now, for every process
     * @throws AuthorityFileException if what is there can't be used, or nothing can be written there
     */
    public AuthorityKeyPair loadOrCreate(Supplier<AuthorityKeyPair> maker) throws AuthorityFileException {
        if (Files.exists(keyFile)) {
            AuthorityKeyPair stored = read();
            if (isCopied(stored)) {
                return stored;
            }
        }
        return locked(() -> {
            if (Files.exists(keyFile)) {
                return copied(read());
            }
            refuseLostKey();
            return stored(maker.get());
        });
    }

    /**
     * Reads the authority, and replaces it if it ends soon or has ended; puts a new one there if there is none.
     *
     * @param ahead how long before its end it is to be replaced
     * @param maker makes one, under the folder's lock
     * @return the one that is there now, for every process
     * @throws AuthorityFileException if what is there can't be used, or nothing can be written there
     */
    public AuthorityKeyPair renewIfDue(Duration ahead, Supplier<AuthorityKeyPair> maker) throws AuthorityFileException {
        if (Files.exists(keyFile) && !isDue(ahead)) {
            return loadOrCreate(maker);
        }
        return locked(() -> {
            if (!Files.exists(keyFile)) {
                refuseLostKey();
                return stored(maker.get());
            }
            return isDue(ahead) ? stored(maker.get()) : copied(read());
        });
    }

    private boolean isDue(Duration ahead) throws AuthorityFileException {
        PemText text = AuthorityFiles.keyText(keyFile);
        PrivateKey key = AuthorityFiles.key(keyFile, text);
        AuthorityKeyPair found = AuthorityFiles.timeless(source(text), chain(text), keyFile, key);
        Instant end = found.certificate().getNotAfter().toInstant();
        return !clock.instant().plus(ahead).isBefore(end);
    }

    /**
     * Puts a new authority there, whatever there was.
     *
     * @param maker makes it, under the folder's lock
     * @return the new one
     * @throws AuthorityFileException if nothing can be written there
     */
    public AuthorityKeyPair replace(Supplier<AuthorityKeyPair> maker) throws AuthorityFileException {
        return locked(() -> stored(maker.get()));
    }

    private AuthorityKeyPair read() throws AuthorityFileException {
        PemText text = AuthorityFiles.keyText(keyFile);
        PrivateKey key = AuthorityFiles.key(keyFile, text);
        return AuthorityFiles.checked(source(text), chain(text), keyFile, key, clock.instant());
    }

    private Path source(PemText text) {
        return text.certificates().isEmpty() ? certificateFile : keyFile;
    }

    private List<X509Certificate> chain(PemText text) throws AuthorityFileException {
        return text.certificates().isEmpty()
                ? AuthorityFiles.parse(certificateFile).certificates()
                : text.certificates();
    }

    /** A copy that can't be read or is broken is no error, but a reason to write it again. */
    private boolean isCopied(AuthorityKeyPair authority) {
        try {
            return AuthorityFiles.parse(certificateFile).certificates().equals(authority.chain());
        } catch (AuthorityFileException e) {
            return false;
        }
    }

    private static byte[] copy(AuthorityKeyPair authority) {
        StringBuilder pem = new StringBuilder();
        authority.chain().forEach(certificate -> pem.append(PemText.write(certificate)));
        return pem.toString().getBytes(StandardCharsets.US_ASCII);
    }

    /** A crash can't leave this, as the key comes first: somebody removed it, and clients may trust the certificate. */
    private void refuseLostKey() throws AuthorityFileException {
        if (Files.exists(certificateFile)) {
            throw new AuthorityFileException(
                    keyFile,
                    "is missing, but its certificate " + certificateFile
                            + " is there: restore the key, or delete the certificate to have a new authority made");
        }
    }

    private AuthorityKeyPair stored(AuthorityKeyPair authority) throws AuthorityFileException {
        byte[] certificates = copy(authority);
        byte[] key = PemText.write(authority.privateKey()).getBytes(StandardCharsets.US_ASCII);
        byte[] both = Arrays.copyOf(certificates, certificates.length + key.length);
        System.arraycopy(key, 0, both, certificates.length, key.length);
        try {
            AtomicFile.writeOwnerOnly(keyFile, both);
        } catch (IOException e) {
            throw unwritable(keyFile, e);
        } finally {
            Arrays.fill(key, (byte) 0);
            Arrays.fill(both, (byte) 0);
        }
        return copied(authority);
    }

    private AuthorityKeyPair copied(AuthorityKeyPair authority) throws AuthorityFileException {
        try {
            if (!isCopied(authority)) {
                AtomicFile.writeReadable(certificateFile, copy(authority));
            }
        } catch (IOException e) {
            throw unwritable(certificateFile, e);
        }
        return authority;
    }

    /** What is to be done while no other process writes. */
    private interface Step {
        AuthorityKeyPair run() throws AuthorityFileException;
    }

    private AuthorityKeyPair locked(Step step) throws AuthorityFileException {
        try {
            OwnerOnly.createFolder(folder);
        } catch (IOException e) {
            throw unwritable(folder, e);
        }
        try (FolderLock lock = FolderLock.take(folder)) {
            sweep();
            return step.run();
        } catch (IOException e) {
            throw unwritable(folder, e);
        }
    }

    /** Removes what a process left that died while it wrote: under the lock nobody else is writing. */
    private void sweep() throws IOException {
        for (Path file : List.of(keyFile, certificateFile)) {
            String left = AtomicFile.temporaryPrefix(file) + "*" + AtomicFile.TEMPORARY_SUFFIX;
            try (DirectoryStream<Path> leftovers = Files.newDirectoryStream(folder, left)) {
                for (Path leftover : leftovers) {
                    Files.deleteIfExists(leftover);
                }
            }
        }
    }

    private static AuthorityFileException unwritable(Path path, IOException cause) {
        return new AuthorityFileException(
                path, "can't be written (" + cause + "): let this process write there, or name another folder", cause);
    }
}
