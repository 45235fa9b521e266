package io.github.captureproxy.export;

import io.github.captureproxy.exchange.CapturedBody;
import io.github.captureproxy.exchange.CapturedRequest;
import io.github.captureproxy.exchange.Exchange;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** What has to be said of a request that another client repeats. */
final class Remarks {
    private Remarks() {}

    /** Why no client can repeat the request at all. */
    static Optional<String> unrepeatable(CapturedRequest request) {
        if (request.method().equals("CONNECT")) {
            return Optional.of("CONNECT opens a tunnel, and is no request to repeat");
        }
        boolean readable = request.origin().isPresent() && !request.method().isEmpty();
        return readable ? Optional.empty() : Optional.of("the request could not be read");
    }

    /** What differs when it is repeated. */
    static List<String> of(Exchange exchange) {
        List<String> remarks = new ArrayList<>();
        CapturedRequest request = exchange.request();
        cut(request.body()).ifPresent(cut -> remarks.add("of the body there are " + cut));
        if (!request.trailers().isEmpty()) {
            remarks.add("the trailer fields are left out");
        }
        exchange.upgradedTo()
                .ifPresent(protocol ->
                        remarks.add("the upgrade to " + protocol + " is left out: this is its first request"));
        return remarks;
    }

    /** How much of a body is there, if it is not all of it. */
    static Optional<String> cut(CapturedBody body) {
        if (body.isTruncated()) {
            return Optional.of("only the first " + body.capturedSize() + " of " + body.size() + " bytes");
        }
        return body.isComplete()
                ? Optional.empty()
                : Optional.of("only " + body.size() + " bytes, as its sender broke off");
    }
}
