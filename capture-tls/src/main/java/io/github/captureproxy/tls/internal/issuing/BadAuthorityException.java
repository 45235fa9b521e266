package io.github.captureproxy.tls.internal.issuing;

import org.jspecify.annotations.Nullable;

/** A certificate or key can't serve an authority. The message says what is wrong and what to do; no key is in it. */
public final class BadAuthorityException extends Exception {
    private static final long serialVersionUID = 1L;

    BadAuthorityException(String problem) {
        this(problem, null);
    }

    BadAuthorityException(String problem, @Nullable Throwable cause) {
        super(problem, cause);
    }
}
