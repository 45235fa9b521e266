package io.github.captureproxy.internal.wire;

/** Says why a Transfer-Encoding other than {@code chunked} alone is refused (RFC 9112 6.1 and 6.3). */
final class TransferCodings {

    private int unknown;
    private int chunked;

    private TransferCodings() {}

    /** 400 for what is malformed or has chunked at a wrong place, 501 for codings that we do not know. */
    static MalformedMessageException refusal(Fields fields) {
        TransferCodings codings = new TransferCodings();
        int line = fields.indexOf(FieldName.TRANSFER_ENCODING);
        while (line >= 0) {
            if (!codings.read(fields.bytes(), fields.valueStart(line), fields.valueEnd(line))) {
                return MalformedMessageException.badSyntax("a Transfer-Encoding that is not a list of codings,"
                        + " or has chunked anywhere but once and last");
            }
            line = fields.indexOf(FieldName.TRANSFER_ENCODING, line + 1);
        }
        return codings.unknown > 0
                ? new MalformedMessageException(501, "a transfer coding other than chunked")
                : MalformedMessageException.badSyntax("a Transfer-Encoding that is not chunked alone");
    }

    /** Reads one line's list; false if it is malformed or goes on behind chunked. */
    private boolean read(byte[] bytes, int from, int to) {
        int at = from;
        while (true) {
            int end = Ascii.tokenEnd(bytes, at, to);
            if (end == at || chunked > 0) {
                return false;
            }
            if (Ascii.equalsIgnoreCase(bytes, at, end, "chunked")) {
                chunked++;
            } else {
                unknown++;
            }
            at = Ascii.skipBlank(bytes, end, to);
            if (at == to) {
                return true;
            }
            if (bytes[at] != ',') {
                return false;
            }
            at = Ascii.skipBlank(bytes, at + 1, to);
        }
    }
}
