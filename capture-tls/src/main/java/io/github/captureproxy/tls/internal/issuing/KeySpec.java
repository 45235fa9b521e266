package io.github.captureproxy.tls.internal.issuing;

import java.security.GeneralSecurityException;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.spec.ECGenParameterSpec;

/** The kinds of key pair that are made here. */
public enum KeySpec {
    /** NIST P-256, which every TLS client since about 2010 knows. */
    EC_P256,
    /** RSA with 2048 bits. */
    RSA_2048,
    /** RSA with 3072 bits. */
    RSA_3072;

    /**
     * Makes a key pair: a fraction of a millisecond of CPU for EC, for RSA a tenth of a second and more.
     *
     * @return a new pair
     */
    public KeyPair generate() {
        try {
            return generator().generateKeyPair();
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("this Java runtime makes no " + this + " keys", e);
        }
    }

    private KeyPairGenerator generator() throws GeneralSecurityException {
        return switch (this) {
            case EC_P256 -> ec("secp256r1");
            case RSA_2048 -> rsa(2048);
            case RSA_3072 -> rsa(3072);
        };
    }

    private static KeyPairGenerator ec(String curve) throws GeneralSecurityException {
        KeyPairGenerator generator = KeyPairGenerator.getInstance("EC");
        generator.initialize(new ECGenParameterSpec(curve));
        return generator;
    }

    private static KeyPairGenerator rsa(int bits) throws GeneralSecurityException {
        KeyPairGenerator generator = KeyPairGenerator.getInstance("RSA");
        generator.initialize(bits);
        return generator;
    }
}
