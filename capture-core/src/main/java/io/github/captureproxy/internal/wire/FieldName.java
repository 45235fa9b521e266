package io.github.captureproxy.internal.wire;

import java.util.Arrays;

/** The field names that mean something to the proxy. Every other name is {@link #OTHER}. */
public enum FieldName {
    /** RFC 9110 7.2. */
    HOST("host"),
    /** RFC 9110 8.6. */
    CONTENT_LENGTH("content-length"),
    /** RFC 9112 6.1. */
    TRANSFER_ENCODING("transfer-encoding"),
    /** RFC 9110 7.6.1. */
    CONNECTION("connection"),
    /** RFC 9112 C.2.2: never standard, still sent. */
    PROXY_CONNECTION("proxy-connection"),
    /** RFC 9112 C.2.2. */
    KEEP_ALIVE("keep-alive"),
    /** RFC 9110 10.1.4. */
    TE("te"),
    /** RFC 9110 6.6.2. */
    TRAILER("trailer"),
    /** RFC 9110 7.8. */
    UPGRADE("upgrade"),
    /** RFC 9110 11.7.1. */
    PROXY_AUTHENTICATE("proxy-authenticate"),
    /** RFC 9110 11.7.3. */
    PROXY_AUTHENTICATION_INFO("proxy-authentication-info"),
    /** RFC 9110 11.7.2. */
    PROXY_AUTHORIZATION("proxy-authorization"),
    /** RFC 9110 10.1.1. */
    EXPECT("expect"),
    /** RFC 9110 7.6.2. */
    MAX_FORWARDS("max-forwards"),
    /** RFC 9110 7.6.3. */
    VIA("via"),
    /** RFC 9110 8.3. */
    CONTENT_TYPE("content-type"),
    /** RFC 9110 8.4. */
    CONTENT_ENCODING("content-encoding"),
    /** RFC 9110 11.6.2. */
    AUTHORIZATION("authorization"),
    /** RFC 9110 11.6.1. */
    WWW_AUTHENTICATE("www-authenticate"),
    /** RFC 7540 3.2.1: part of the h2c upgrade, which is not passed on. */
    HTTP2_SETTINGS("http2-settings"),
    /** RFC 6455 11.3.1. */
    SEC_WEBSOCKET_KEY("sec-websocket-key"),
    /** RFC 6455 11.3.2. */
    SEC_WEBSOCKET_EXTENSIONS("sec-websocket-extensions"),
    /** RFC 6455 11.3.3. */
    SEC_WEBSOCKET_ACCEPT("sec-websocket-accept"),
    /** RFC 6455 11.3.4. */
    SEC_WEBSOCKET_PROTOCOL("sec-websocket-protocol"),
    /** RFC 6455 11.3.5. */
    SEC_WEBSOCKET_VERSION("sec-websocket-version"),
    /** RFC 6797 6.1. */
    STRICT_TRANSPORT_SECURITY("strict-transport-security"),
    /** Any other name. */
    OTHER("");

    private static final FieldName[] VALUES = values();
    private static final FieldName[][] BY_LENGTH = byLength();

    private final String lowerCase;

    FieldName(String lowerCase) {
        this.lowerCase = lowerCase;
    }

    private static FieldName[][] byLength() {
        int longest = 0;
        for (FieldName name : VALUES) {
            longest = Math.max(longest, name.lowerCase.length());
        }
        FieldName[][] table = new FieldName[longest + 1][];
        for (int length = 0; length <= longest; length++) {
            int wanted = length;
            table[length] = Arrays.stream(VALUES)
                    .filter(name -> name != OTHER && name.lowerCase.length() == wanted)
                    .toArray(FieldName[]::new);
        }
        return table;
    }

    /**
     * Tells which name a range of bytes is, in any case.
     *
     * @param bytes where to look
     * @param from the start of the name
     * @param to the end of the name
     * @return the name, or {@link #OTHER}
     */
    public static FieldName of(byte[] bytes, int from, int to) {
        int length = to - from;
        if (length < BY_LENGTH.length) {
            for (FieldName name : BY_LENGTH[length]) {
                if (Ascii.equalsIgnoreCase(bytes, from, to, name.lowerCase)) {
                    return name;
                }
            }
        }
        return OTHER;
    }

    static FieldName at(int index) {
        return VALUES[index];
    }

    /** A small number for index arrays and bit masks; it is never stored beyond this process. */
    @SuppressWarnings("EnumOrdinal")
    int index() {
        return ordinal();
    }

    /**
     * The name in lower case.
     *
     * @return the name, empty for {@link #OTHER}
     */
    public String lowerCase() {
        return lowerCase;
    }

    /**
     * Whether a field of this name never travels further than to the next recipient, nominated in Connection or not
     * (RFC 9110 7.6.1).
     *
     * @return true for the fields about a connection or its framing, and for the client's credentials for this proxy
     */
    public boolean isHopByHop() {
        return switch (this) {
            case CONNECTION,
                    PROXY_CONNECTION,
                    KEEP_ALIVE,
                    TE,
                    TRANSFER_ENCODING,
                    UPGRADE,
                    HTTP2_SETTINGS,
                    PROXY_AUTHORIZATION -> true;
            default -> false;
        };
    }
}
