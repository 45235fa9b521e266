package io.github.captureproxy.assertj;

import io.github.captureproxy.exchange.CapturedBody;
import io.github.captureproxy.exchange.ContentDecodingException;
import io.github.captureproxy.exchange.Header;
import io.github.captureproxy.exchange.HeaderList;
import io.github.captureproxy.internal.json.JsonDifference;
import io.github.captureproxy.internal.json.JsonPointer;
import io.github.captureproxy.internal.json.JsonText;
import java.io.IOException;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** What is asserted on one of the two messages of an exchange. */
final class MessageCheck {
    /** Of a body that is shown in a failure. */
    private static final int MOST_CHARACTERS = 500;

    private final ExchangeAssert asserted;
    private final String side;
    private final HeaderList fields;
    private final CapturedBody body;

    MessageCheck(ExchangeAssert asserted, String side, HeaderList fields, CapturedBody body) {
        this.asserted = asserted;
        this.side = side;
        this.fields = fields;
        this.body = body;
    }

    ExchangeAssert hasField(String name) {
        List<String> names = fields.stream().map(Header::name).distinct().toList();
        return fields.has(name)
                ? asserted
                : asserted.fail("the " + side + " has no field " + name + "; it has " + String.join(", ", names));
    }

    ExchangeAssert hasField(String name, String value) {
        hasField(name);
        List<String> found = fields.all(name);
        return found.contains(value)
                ? asserted
                : asserted.equal("the " + side + "'s field " + name, value, String.join(" and ", found));
    }

    ExchangeAssert hasNoField(String name) {
        return fields.has(name)
                ? asserted.fail("the " + side + " has a field " + name + ": " + String.join(" and ", fields.all(name)))
                : asserted;
    }

    ExchangeAssert isText(String expected) {
        String found = text();
        return found.equals(expected) ? asserted : asserted.equal(body() + partial(), expected, found);
    }

    ExchangeAssert isJson(String expected) {
        Object wanted;
        try {
            wanted = JsonText.parse(expected);
        } catch (IOException e) {
            throw new IllegalArgumentException("what is expected is no JSON: " + JsonText.problem(e), e);
        }
        List<String> differences = JsonDifference.between(wanted, json());
        return differences.isEmpty()
                ? asserted
                : asserted.fail(body() + " is other JSON:\n    " + String.join("\n    ", differences));
    }

    ExchangeAssert isJsonAt(String pointer, @Nullable Object expected) {
        Object wanted = JsonText.scalar(expected);
        JsonPointer place = JsonPointer.parse(pointer);
        Object all = json();
        Optional<Object> found = place.find(text());
        if (found.isEmpty()) {
            return asserted.fail(body() + " has nothing at " + pointer + ": it is " + JsonDifference.text(all));
        }
        return wanted.equals(found.get())
                ? asserted
                : asserted.fail(body() + " at " + pointer + ": expected " + JsonDifference.text(wanted) + ", but was "
                        + JsonDifference.text(found.get()));
    }

    private Object json() {
        String text = text();
        try {
            return JsonText.parse(text);
        } catch (IOException e) {
            throw asserted.wrong(
                    body() + " is no JSON" + partial() + ": " + JsonText.problem(e) + "; it is " + shortened(text));
        }
    }

    private String text() {
        try {
            return body.text();
        } catch (ContentDecodingException e) {
            throw asserted.wrong(body() + " can't be decoded" + partial() + ": " + e.getMessage());
        }
    }

    private String body() {
        return "the " + side + "'s body";
    }

    /** What explains that half a body is not what was expected. */
    private String partial() {
        if (body.isTruncated()) {
            return " (of " + body.size() + " bytes, " + body.capturedSize() + " were captured)";
        }
        return body.isComplete() ? "" : " (the message was cut short)";
    }

    private static String shortened(String text) {
        String shown = text.length() <= MOST_CHARACTERS ? text : text.substring(0, MOST_CHARACTERS) + "...";
        return "'" + shown + "'";
    }
}
