package io.github.captureproxy.tls.internal.origin;

import java.security.cert.CertificateException;
import java.security.cert.X509Certificate;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** An origin's certificate is refused; the message says in words why, as the rest of "the origin's certificate ...". */
public final class OriginCertificateException extends CertificateException {
    private static final long serialVersionUID = 1;

    private final transient List<String> subjects;
    private final transient X509Certificate leaf;

    OriginCertificateException(String problem, X509Certificate[] chain, @Nullable Exception cause) {
        super(problem, cause);
        subjects = Arrays.stream(chain)
                .map(each -> each.getSubjectX500Principal().getName())
                .toList();
        leaf = chain[0];
    }

    /**
     * Whose certificates were shown.
     *
     * @return the subjects, leaf first
     */
    public List<String> subjects() {
        return subjects;
    }

    /**
     * The certificate that was refused.
     *
     * @return the origin's own
     */
    public X509Certificate leaf() {
        return leaf;
    }

    /**
     * Finds the refusal behind a failed handshake.
     *
     * @param cause what was thrown
     * @return it; null if the handshake failed otherwise
     */
    public static @Nullable OriginCertificateException in(Throwable cause) {
        Throwable at = cause;
        // A cause that is its own cause would go on for ever.
        for (int depth = 0; at != null && depth < 10; depth++) {
            if (at instanceof OriginCertificateException found) {
                return found;
            }
            at = at.getCause();
        }
        return null;
    }
}
