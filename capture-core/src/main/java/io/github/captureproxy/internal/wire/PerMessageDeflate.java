package io.github.captureproxy.internal.wire;

import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * The parameters of permessage-deflate (RFC 7692 section 7.1) as the server agreed to them.
 *
 * @param serverNoContextTakeover whether the server starts anew with each message that it compresses
 * @param clientNoContextTakeover whether the client does
 * @param serverMaxWindowBits the base-2 logarithm of the server's window size, 8 to 15
 * @param clientMaxWindowBits the same for the client
 */
public record PerMessageDeflate(
        boolean serverNoContextTakeover,
        boolean clientNoContextTakeover,
        int serverMaxWindowBits,
        int clientMaxWindowBits) {

    /** The extension's name (RFC 7692 section 7). */
    static final String NAME = "permessage-deflate";

    private static final int MIN_WINDOW_BITS = 8;
    private static final int MAX_WINDOW_BITS = 15;

    /**
     * Whether a message of this sender may refer to bytes of its earlier ones.
     *
     * @param sender one of the two ends
     * @return false if the sender starts anew with each message
     */
    public boolean contextTakeover(WebSocketSender sender) {
        return sender == WebSocketSender.CLIENT ? !clientNoContextTakeover : !serverNoContextTakeover;
    }

    /** Reads a response's parameters; empty if one is unknown, repeated or out of range, which forbids the extension. */
    static Optional<PerMessageDeflate> of(List<ExtensionList.Parameter> parameters) {
        boolean serverAnew = false;
        boolean clientAnew = false;
        int serverBits = MAX_WINDOW_BITS;
        int clientBits = MAX_WINDOW_BITS;
        Set<String> seen = new HashSet<>();
        for (ExtensionList.Parameter parameter : parameters) {
            boolean flag = parameter.value().isEmpty();
            int bits = windowBits(parameter.value().orElse(""));
            if (!seen.add(parameter.name())) {
                return Optional.empty();
            }
            switch (parameter.name()) {
                case "server_no_context_takeover" -> serverAnew = true;
                case "client_no_context_takeover" -> clientAnew = true;
                case "server_max_window_bits" -> serverBits = bits;
                case "client_max_window_bits" -> clientBits = bits;
                default -> {
                    return Optional.empty();
                }
            }
            boolean wantsBits = parameter.name().endsWith("_bits");
            if (wantsBits ? bits == 0 : !flag) {
                return Optional.empty();
            }
        }
        return Optional.of(new PerMessageDeflate(serverAnew, clientAnew, serverBits, clientBits));
    }

    /** RFC 7692 section 7.1.2: a decimal number without leading zeros; 0 for anything else. */
    private static int windowBits(String text) {
        for (int bits = MIN_WINDOW_BITS; bits <= MAX_WINDOW_BITS; bits++) {
            if (text.equals(Integer.toString(bits))) {
                return bits;
            }
        }
        return 0;
    }
}
