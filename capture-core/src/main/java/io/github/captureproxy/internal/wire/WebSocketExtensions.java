package io.github.captureproxy.internal.wire;

import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** What a server's Sec-WebSocket-Extensions means for somebody who reads the frames. Immutable. */
public final class WebSocketExtensions {

    /** How the payloads of data frames are to be read. */
    public enum Kind {
        /** As they are. */
        NONE,
        /** Inflated, where a message says so (RFC 7692). */
        DEFLATE,
        /** Not at all: an extension is at work that is not known here, or in a way that is not allowed. */
        UNKNOWN
    }

    private static final WebSocketExtensions NONE = new WebSocketExtensions(Kind.NONE, null);
    private static final WebSocketExtensions UNKNOWN = new WebSocketExtensions(Kind.UNKNOWN, null);

    private final Kind kind;
    private final @Nullable PerMessageDeflate deflate;

    private WebSocketExtensions(Kind kind, @Nullable PerMessageDeflate deflate) {
        this.kind = kind;
        this.deflate = deflate;
    }

    /**
     * No extension.
     *
     * @return what a response without the field means
     */
    public static WebSocketExtensions none() {
        return NONE;
    }

    /**
     * Reads the field of a 101 response.
     *
     * @param values the values of all fields with that name, in their order; may be empty
     * @return what was agreed
     */
    public static WebSocketExtensions parse(List<String> values) {
        List<ExtensionList.Extension> agreed = ExtensionList.parse(String.join(",", values));
        if (agreed.isEmpty()) {
            return NONE;
        }
        ExtensionList.Extension first = agreed.get(0);
        if (agreed.size() > 1 || !first.name().equals(PerMessageDeflate.NAME)) {
            return UNKNOWN;
        }
        return PerMessageDeflate.of(first.parameters())
                .map(parameters -> new WebSocketExtensions(Kind.DEFLATE, parameters))
                .orElse(UNKNOWN);
    }

    /**
     * How payloads are to be read.
     *
     * @return the kind
     */
    public Kind kind() {
        return kind;
    }

    /**
     * The parameters of permessage-deflate.
     *
     * @return present exactly when the kind is {@link Kind#DEFLATE}
     */
    public Optional<PerMessageDeflate> deflate() {
        return Optional.ofNullable(deflate);
    }
}
