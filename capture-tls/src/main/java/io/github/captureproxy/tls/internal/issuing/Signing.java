package io.github.captureproxy.tls.internal.issuing;

import java.math.BigInteger;
import java.security.Key;
import java.security.SecureRandom;
import java.security.interfaces.ECKey;
import java.security.interfaces.RSAKey;
import java.util.Map;
import java.util.Optional;
import org.bouncycastle.asn1.nist.NISTNamedCurves;

/** What goes into a signature, and into what is signed. */
final class Signing {
    /** Below it, clients refuse the key. */
    static final int MIN_RSA_BITS = 2048;

    /** More than the 64 bits that public authorities must have. */
    private static final int SERIAL_BITS = 128;

    /** By the order of the curve's group, since curves that clients refuse, such as secp256k1, have the same size. */
    private static final Map<BigInteger, String> BY_ORDER = Map.of(
            NISTNamedCurves.getByName("P-256").getN(), "SHA256withECDSA",
            NISTNamedCurves.getByName("P-384").getN(), "SHA384withECDSA",
            NISTNamedCurves.getByName("P-521").getN(), "SHA512withECDSA");

    private static final SecureRandom RANDOM = new SecureRandom();

    private Signing() {}

    /**
     * The signature algorithm that fits a key: SHA-256, and for larger curves the hash of their size, which is what TLS
     * clients take (RFC 8446 section 4.2.3).
     *
     * @param key a public or private key
     * @return the algorithm's name; empty if clients would refuse a certificate signed by such a key
     */
    static Optional<String> algorithm(Key key) {
        if (key instanceof RSAKey rsa && key.getAlgorithm().equals("RSA")) {
            return rsa.getModulus().bitLength() < MIN_RSA_BITS ? Optional.empty() : Optional.of("SHA256withRSA");
        }
        if (key instanceof ECKey ec) {
            return Optional.ofNullable(BY_ORDER.get(ec.getParams().getOrder()));
        }
        return Optional.empty();
    }

    /** A positive random serial number, well within the 20 octets of RFC 5280 section 4.1.2.2. */
    static BigInteger serial() {
        BigInteger serial = new BigInteger(SERIAL_BITS, RANDOM);
        return serial.signum() == 0 ? BigInteger.ONE : serial;
    }

    static String randomHex(int digits) {
        StringBuilder hex = new StringBuilder(digits);
        for (int i = 0; i < digits; i++) {
            hex.append(Character.forDigit(RANDOM.nextInt(16), 16));
        }
        return hex.toString();
    }
}
