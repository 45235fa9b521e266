package io.github.captureproxy.tls.internal.files;

import java.nio.file.Path;
import org.jspecify.annotations.Nullable;

/** A file of an authority can't be used. The message names the file, what is wrong with it, and the fix. */
public final class AuthorityFileException extends Exception {
    private static final long serialVersionUID = 1L;

    private final transient @Nullable Path file;

    AuthorityFileException(Path file, String problem, @Nullable Throwable cause) {
        super(file + " " + problem, cause);
        this.file = file;
    }

    AuthorityFileException(Path file, String problem) {
        this(file, problem, null);
    }

    /**
     * Which file it is about.
     *
     * @return the file or folder; null after serialization
     */
    public @Nullable Path file() {
        return file;
    }
}
