package io.github.captureproxy.internal.server;

import io.github.captureproxy.internal.wire.FieldName;
import io.github.captureproxy.internal.wire.Fields;
import io.github.captureproxy.internal.wire.HeadWriter;
import io.github.captureproxy.internal.wire.RequestHead;
import java.util.Arrays;

/** What a TRACE request is answered with (RFC 9110 section 9.3.8): itself, without fields that hold credentials. */
final class Trace {
    private Trace() {}

    static byte[] of(RequestHead head) {
        byte[] out = new byte[head.bytes().length];
        HeadWriter writer = new HeadWriter(out).put(head.bytes(), 0, head.fieldsStart());
        Fields fields = head.fields();
        for (int i = 0; i < fields.count(); i++) {
            boolean secret = fields.known(i) == FieldName.AUTHORIZATION
                    || fields.known(i) == FieldName.PROXY_AUTHORIZATION
                    || fields.nameEquals(i, "cookie");
            if (!secret) {
                writer.put(head.bytes(), fields.lineStart(i), fields.lineEnd(i));
            }
        }
        return Arrays.copyOf(out, writer.end());
    }
}
