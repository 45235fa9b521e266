package io.github.captureproxy.internal.config;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.security.MessageDigest;
import java.util.Base64;

/** The user name and password that clients must send (Basic, RFC 7617). */
public final class ProxyCredentials {
    private final String user;
    private final byte[] expected;

    /**
     * Keeps the encoded form.
     *
     * @param user the user name, without a colon
     * @param password the password
     */
    public ProxyCredentials(String user, String password) {
        this.user = user;
        this.expected = Base64.getEncoder().encode((user + ":" + password).getBytes(UTF_8));
    }

    /**
     * The user name.
     *
     * @return the name
     */
    public String user() {
        return user;
    }

    /**
     * Compares in a time that does not depend on where the two differ.
     *
     * @param fieldValue the value of {@code Proxy-Authorization}
     * @return true if it holds these credentials
     */
    public boolean matches(String fieldValue) {
        int space = fieldValue.indexOf(' ');
        if (space < 0 || !fieldValue.substring(0, space).equalsIgnoreCase("Basic")) {
            return false;
        }
        byte[] sent = fieldValue.substring(space + 1).trim().getBytes(UTF_8);
        return MessageDigest.isEqual(expected, sent);
    }

    @Override
    public String toString() {
        return "credentials of " + user;
    }
}
