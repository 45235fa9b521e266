package io.github.captureproxy.cookies;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import java.io.IOException;
import java.io.OutputStream;
import java.time.Instant;
import java.util.Locale;

/** Cookies as JSON, in the terms that browser extensions use. */
final class JsonFormat {
    private static final JsonFactory FACTORY = new JsonFactory();

    private final JsonGenerator json;

    private JsonFormat(JsonGenerator json) {
        this.json = json;
    }

    static void write(CapturedCookies cookies, OutputStream out) throws IOException {
        // Unlike close(), this leaves the stream open.
        JsonGenerator json = FACTORY.createGenerator(out)
                .disable(JsonGenerator.Feature.AUTO_CLOSE_TARGET)
                .useDefaultPrettyPrinter();
        new JsonFormat(json).all(cookies);
        json.close();
        out.flush();
    }

    private void all(CapturedCookies cookies) throws IOException {
        json.writeStartObject();
        json.writeArrayFieldStart("cookies");
        for (CapturedCookie cookie : cookies.cookies()) {
            json.writeStartObject();
            fields(cookie);
            json.writeEndObject();
        }
        json.writeEndArray();
        json.writeArrayFieldStart("changes");
        for (CookieChange change : cookies.changes()) {
            change(change);
        }
        json.writeEndArray();
        json.writeArrayFieldStart("sent");
        for (SentCookie sent : cookies.sent()) {
            sent(sent);
        }
        json.writeEndArray();
        json.writeEndObject();
    }

    private void fields(CapturedCookie cookie) throws IOException {
        json.writeStringField("name", cookie.name());
        json.writeStringField("value", cookie.value());
        json.writeStringField("domain", (cookie.hostOnly() ? "" : ".") + cookie.domain());
        json.writeBooleanField("hostOnly", cookie.hostOnly());
        json.writeStringField("path", cookie.path());
        json.writeBooleanField("secure", cookie.secure());
        json.writeBooleanField("httpOnly", cookie.httpOnly());
        json.writeStringField(
                "sameSite", cookie.sameSite().map(JsonFormat::sameSite).orElse("unspecified"));
        json.writeBooleanField("session", cookie.expires().isEmpty());
        if (cookie.expires().isPresent()) {
            json.writeNumberField("expirationDate", cookie.expires().get().getEpochSecond());
        }
        json.writeStringField("source", lower(cookie.source()));
        time("created", cookie.created());
        time("changed", cookie.changed());
    }

    private static String sameSite(CapturedCookie.SameSite site) {
        return site == CapturedCookie.SameSite.NONE ? "no_restriction" : lower(site);
    }

    private void change(CookieChange change) throws IOException {
        json.writeStartObject();
        time("time", change.time());
        json.writeStringField("kind", lower(change.kind()));
        json.writeStringField("host", change.host());
        json.writeNumberField("exchange", change.exchangeId());
        if (!change.detail().isEmpty()) {
            json.writeStringField("detail", change.detail());
        }
        json.writeObjectFieldStart("cookie");
        fields(change.cookie());
        json.writeEndObject();
        json.writeEndObject();
    }

    private void sent(SentCookie sent) throws IOException {
        json.writeStartObject();
        json.writeStringField("host", sent.host());
        json.writeStringField("name", sent.name());
        json.writeStringField("value", sent.value());
        json.writeNumberField("requests", sent.requests());
        time("first", sent.first());
        time("last", sent.last());
        json.writeNumberField("lastExchange", sent.lastExchangeId());
        json.writeEndObject();
    }

    private void time(String name, Instant time) throws IOException {
        json.writeStringField(name, time.toString());
    }

    private static String lower(Enum<?> constant) {
        return constant.name().toLowerCase(Locale.ROOT);
    }
}
