package io.github.captureproxy.replay;

import io.github.captureproxy.exchange.CapturedResponse;
import io.github.captureproxy.exchange.Exchange;
import io.github.captureproxy.exchange.Header;
import io.github.captureproxy.exchange.HeaderList;
import io.github.captureproxy.replay.Difference.Part;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;

/** Finds what differs between two answers. */
final class Comparer {
    private final Ignored ignored;

    Comparer(Ignored ignored) {
        this.ignored = ignored;
    }

    Comparison compare(Exchange before, Exchange after) {
        Differences found = new Differences();
        Optional<CapturedResponse> old = before.response();
        Optional<CapturedResponse> now = after.response();
        if (before.outcome().status() != after.outcome().status()) {
            // One failed, so its answer may be the proxy's own, which is compared with nothing.
            found.add(
                    Part.OUTCOME,
                    "",
                    before.outcome().toString(),
                    after.outcome().toString());
            found.note("fields and bodies are not compared");
        } else if (old.isPresent() && now.isPresent()) {
            responses(old.get(), now.get(), found);
        } else if (old.isPresent() || now.isPresent()) {
            found.add(Part.STATUS, "", status(old), status(now));
        }
        return found.comparison();
    }

    private static String status(Optional<CapturedResponse> response) {
        return response.map(CapturedResponse::toString).orElse(Difference.NONE);
    }

    private void responses(CapturedResponse old, CapturedResponse now, Differences found) {
        if (old.status() != now.status()) {
            found.add(Part.STATUS, "", old.toString(), now.toString());
        }
        fields(Part.HEADER, old.headers(), now.headers(), found);
        fields(Part.TRAILER, old.trailers(), now.trailers(), found);
        new BodyComparer(ignored, found).compare(old.body(), now.body());
    }

    /** The order of fields with different names has no meaning (RFC 9110 section 5.3). */
    private void fields(Part part, HeaderList old, HeaderList now, Differences found) {
        Set<String> names = new TreeSet<>();
        old.forEach(field -> names.add(field.name().toLowerCase(Locale.ROOT)));
        now.forEach(field -> names.add(field.name().toLowerCase(Locale.ROOT)));
        for (String name : names) {
            String before = values(old, name);
            String after = values(now, name);
            if (!ignored.header(name) && !before.equals(after)) {
                found.add(part, name, before, after);
            }
        }
    }

    private static String values(HeaderList fields, String name) {
        List<String> values = fields.stream()
                .filter(field -> field.name().equalsIgnoreCase(name))
                .map(Header::value)
                .toList();
        return values.isEmpty() ? Difference.NONE : values.stream().collect(Collectors.joining(", "));
    }
}
