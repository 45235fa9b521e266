package io.github.captureproxy.tls;

import java.nio.file.Path;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * An authority's file is missing, broken, not an authority's, expired, not yet valid, open to others, or can't be
 * written. The message names the file, what is wrong with it, and the fix; a private key is never in it.
 */
public final class CertificateAuthorityException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    private final transient @Nullable Path file;

    CertificateAuthorityException(String message, @Nullable Path file, Throwable cause) {
        super(message, cause);
        this.file = file;
    }

    /**
     * The file or folder that it is about.
     *
     * @return its path; empty after serialization
     */
    public Optional<Path> file() {
        return Optional.ofNullable(file);
    }
}
