package io.github.captureproxy.tls.internal.origin;

import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.PrivateKey;
import java.security.PublicKey;
import java.security.Signature;
import java.security.SignatureException;
import java.security.interfaces.RSAKey;
import java.util.Optional;

/** Tells if a private and a public key are a pair. */
public final class KeyMatch {
    private static final byte[] CHALLENGE = "do these two belong together?".getBytes(StandardCharsets.US_ASCII);

    private KeyMatch() {}

    /**
     * Compares two keys of the same algorithm: by what both show, else by a signature.
     *
     * @param own the private key
     * @param other the public key
     * @return false if they are no pair; true if they are, or if that can't be found out here
     */
    public static boolean isPossible(PrivateKey own, PublicKey other) {
        if (own instanceof RSAKey one && other instanceof RSAKey two) {
            return one.getModulus().equals(two.getModulus());
        }
        return algorithm(own).map(name -> isSigned(name, own, other)).orElse(true);
    }

    private static Optional<String> algorithm(PrivateKey key) {
        return switch (key.getAlgorithm()) {
            case "RSA" -> Optional.of("SHA256withRSA");
            case "EC" -> Optional.of("SHA256withECDSA");
            case "DSA" -> Optional.of("SHA256withDSA");
            case "EdDSA" -> Optional.of("EdDSA");
            default -> Optional.empty();
        };
    }

    private static boolean isSigned(String algorithm, PrivateKey own, PublicKey other) {
        byte[] signed;
        Signature verifying;
        try {
            Signature signing = Signature.getInstance(algorithm);
            signing.initSign(own);
            signing.update(CHALLENGE);
            signed = signing.sign();
            verifying = Signature.getInstance(algorithm);
            verifying.initVerify(other);
            verifying.update(CHALLENGE);
        } catch (GeneralSecurityException e) {
            return true; // such as a key in a device that is not there: a handshake will tell
        }
        try {
            return verifying.verify(signed);
        } catch (SignatureException e) {
            return false; // a signature of another length, as with another curve
        }
    }
}
