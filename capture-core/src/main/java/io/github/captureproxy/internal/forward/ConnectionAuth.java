package io.github.captureproxy.internal.forward;

import io.github.captureproxy.internal.wire.FieldName;
import io.github.captureproxy.internal.wire.Fields;
import io.github.captureproxy.internal.wire.RequestHead;
import io.github.captureproxy.internal.wire.ResponseHead;
import java.util.Locale;

/** Recognises authentication that holds for a connection instead of a request: NTLM, and Negotiate (RFC 4559). */
final class ConnectionAuth {
    private ConnectionAuth() {}

    static boolean isBound(RequestHead request, ResponseHead response) {
        return names(request.fields(), FieldName.AUTHORIZATION) || names(response.fields(), FieldName.WWW_AUTHENTICATE);
    }

    private static boolean names(Fields fields, FieldName field) {
        for (int i = fields.indexOf(field); i >= 0; i = fields.indexOf(field, i + 1)) {
            String value = fields.value(i).toLowerCase(Locale.ROOT);
            if (value.startsWith("ntlm") || value.startsWith("negotiate")) {
                return true;
            }
        }
        return false;
    }
}
