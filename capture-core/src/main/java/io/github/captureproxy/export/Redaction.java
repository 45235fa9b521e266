package io.github.captureproxy.export;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.github.captureproxy.exchange.CapturedBody;
import io.github.captureproxy.exchange.CapturedRequest;
import io.github.captureproxy.exchange.CapturedResponse;
import io.github.captureproxy.exchange.Exchange;
import io.github.captureproxy.exchange.HeaderList;
import io.github.captureproxy.exchange.InFlightExchange;
import io.github.captureproxy.exchange.InformationalResponse;
import io.github.captureproxy.exchange.ServerSentEvent;
import io.github.captureproxy.exchange.WebSocketMessage;
import java.security.SecureRandom;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.UnaryOperator;
import javax.crypto.spec.SecretKeySpec;
import org.jspecify.annotations.Nullable;

/**
 * What is put in place of secrets. A secret becomes a placeholder such as {@code redacted-3f9a1c2b7d}: equal secrets get
 * equal ones, wherever they stand, so that one can still be followed through a capture. A placeholder is a keyed digest
 * (HMAC-SHA256): without the key, which is random unless {@linkplain Builder#key given}, no secret can be tried out on it.
 * Immutable and safe for any thread.
 *
 * <p>Redacted are, in requests, responses, interim responses and trailers:
 *
 * <ul>
 *   <li>named header fields. {@code Authorization} keeps its scheme, {@code Cookie} the cookies' names, {@code Set-Cookie}
 *       also the attributes;
 *   <li>user information in URLs, in the target and in any field;
 *   <li>named parameters of the query, the path and the fragment, in the target and in fields such as {@code Referer}
 *       and {@code Location}, also those of a URL that is itself a parameter, and the fields of JSON that is one, such as
 *       the variables of GraphQL;
 *   <li>named fields of JSON at any depth, of URL-encoded and multipart forms, and of WebSocket messages that are JSON.
 *       What is unnamed, {@code text/plain} or {@code application/octet-stream} and starts like JSON is taken for it. The
 *       rest of the body stays byte for byte, but its content codings are undone, and the message says so no more
 *       ({@code Content-Encoding} goes); sizes on the wire stay true, a digest of the body goes.
 * </ul>
 *
 * <p>Names match in any case, with and without {@code -} and {@code _}, in queries and forms also as
 * {@code user[password]}, {@code user.password} and {@code password[]}. A body of these kinds that cannot be read, for a
 * broken or unknown content coding or as it makes more than {@link CapturedBody#MAX_DECODED_BYTES}, is left out and says
 * that it is {@linkplain CapturedBody#isTruncated() truncated}, as are the parts past the first 8 MiB of a multipart body;
 * multipart bodies within more than three others are left out without a word.
 * <b>Not looked into</b> are other text (HTML, scripts, XML), gRPC and other binary formats, paths, fields of other names,
 * and names of proxy users.
 */
public final class Redaction {
    private static final String ALGORITHM = "HmacSHA256";

    private static final Redaction NONE = new Redaction(null);

    private final @Nullable Policy policy;

    private Redaction(@Nullable Policy policy) {
        this.policy = policy;
    }

    /**
     * Redacts what is a secret by its name as a rule. Header fields: {@code Authorization}, {@code Proxy-Authorization},
     * {@code Cookie}, {@code Set-Cookie}, those for keys and tokens such as {@code X-Api-Key}, {@code X-Auth-Token},
     * {@code X-CSRF-Token} and {@code X-Amz-Security-Token}, and those named as a field of a body that is redacted, with
     * {@code X-} or without. Parameters and fields of bodies: {@code password} and its
     * kin, {@code secret}, {@code client_secret}, {@code token}, {@code access_token}, {@code refresh_token},
     * {@code id_token}, {@code jwt}, {@code api_key}, {@code private_key}, {@code session_id}, {@code otp},
     * {@code SAMLResponse}, {@code client_assertion}, {@code card_number} and the like; in queries also signatures such as
     * {@code sig} and {@code X-Amz-Signature}. Not {@code code}, {@code state} and {@code key}, which mean something
     * harmless far more often.
     *
     * <p>With a random key of its own: two exports whose placeholders are to be the same need the same
     * instance, or {@link Builder#key the same key}.
     *
     * @return a new policy
     */
    public static Redaction standard() {
        return builder().build();
    }

    /**
     * Leaves all as it is.
     *
     * @return the policy
     */
    public static Redaction none() {
        return NONE;
    }

    /**
     * Starts a policy from the standard one.
     *
     * @return a builder that has the standard names
     */
    public static Builder builder() {
        return new Builder();
    }

    /**
     * Tells if this is {@link #none()}.
     *
     * @return true if nothing is redacted
     */
    public boolean isNone() {
        return policy == null;
    }

    /**
     * An exchange without the secrets of this policy. Bodies are read, twice if there is a secret in them; one of more
     * than 4 MiB stays where it is and is redacted whenever it is read. One whose file is gone is left out.
     *
     * @param exchange the exchange
     * @return the same one if there is nothing to redact
     */
    public Exchange apply(Exchange exchange) {
        return policy == null ? exchange : new Pass(policy, true).exchange(exchange);
    }

    /**
     * An exchange in flight without the secrets of this policy.
     *
     * @param exchange the exchange, whose request has no body yet
     * @return the same one if there is nothing to redact
     */
    public InFlightExchange apply(InFlightExchange exchange) {
        if (policy == null) {
            return exchange;
        }
        Pass pass = new Pass(policy, false);
        CapturedRequest clean = pass.request(exchange.request());
        Optional<CapturedResponse> head = exchange.response().map(pass::response);
        return clean == exchange.request() && head.equals(exchange.response())
                ? exchange
                : new InFlightExchange(
                        exchange.id(),
                        exchange.client(),
                        clean,
                        head,
                        exchange.startedAt(),
                        exchange.elapsed(),
                        exchange.waitingFor(),
                        exchange.tunnelReason(),
                        exchange.tunnelDetail());
    }

    /**
     * A WebSocket message without the secrets of this policy.
     *
     * @param message the message
     * @return the same one if there is nothing to redact, as in all that is no text
     */
    public WebSocketMessage apply(WebSocketMessage message) {
        return policy == null ? message : new Pass(policy, false).message(message);
    }

    /**
     * An event of an event stream without the secrets of this policy.
     *
     * @param event the event
     * @return the same one if there is nothing to redact
     */
    public ServerSentEvent apply(ServerSentEvent event) {
        return policy == null ? event : new Pass(policy, false).event(event);
    }

    /**
     * {@link #apply(Exchange)} for good: nothing of the result refers to what it was made of. A redacted body that does
     * not fit into 4 MiB is left out.
     *
     * @param exchange the exchange
     * @return the same one if there is nothing to redact
     */
    public Exchange applyForGood(Exchange exchange) {
        return policy == null ? exchange : new Pass(policy, false).exchange(exchange);
    }

    /**
     * Tells if a body may hold a secret of this policy, by its type alone.
     *
     * @param contentType the value of the {@code Content-Type} field, if there is one
     * @return false if such bodies are not looked into
     */
    public boolean looksInto(Optional<String> contentType) {
        return policy != null && BodyScrubber.kind(contentType) != BodyScrubber.Kind.OTHER;
    }

    /** Collects what a policy redacts. Not safe for use by several threads. */
    public static final class Builder {
        private static final int MIN_KEY_BYTES = 16;

        private final Set<String> headers = SecretNames.normal(SecretNames.HEADERS);
        private final Set<String> parameters = SecretNames.normal(SecretNames.PARAMETERS);
        private final Set<String> fields = SecretNames.normal(SecretNames.FIELDS);
        private byte @Nullable [] key;

        private Builder() {}

        /**
         * Redacts header fields too.
         *
         * @param names the fields' names
         * @return this
         */
        public Builder headers(String... names) {
            headers.addAll(SecretNames.normal(List.of(names)));
            return this;
        }

        /**
         * Redacts parameters of queries too.
         *
         * @param names the parameters' names
         * @return this
         */
        public Builder queryParameters(String... names) {
            parameters.addAll(SecretNames.normal(List.of(names)));
            return this;
        }

        /**
         * Redacts fields of JSON and of forms too.
         *
         * @param names the fields' names
         * @return this
         */
        public Builder bodyFields(String... names) {
            fields.addAll(SecretNames.normal(List.of(names)));
            return this;
        }

        /**
         * Leaves what has one of these names as it is: header fields, parameters, and fields of bodies.
         *
         * @param names the names, standard ones or not
         * @return this
         */
        public Builder keep(String... names) {
            Set<String> kept = SecretNames.normal(List.of(names));
            headers.removeAll(kept);
            parameters.removeAll(kept);
            fields.removeAll(kept);
            return this;
        }

        /**
         * Forgets all names, the standard ones too. User information in URLs is still redacted.
         *
         * @return this
         */
        public Builder keepAll() {
            headers.clear();
            parameters.clear();
            fields.clear();
            return this;
        }

        /**
         * Makes the placeholders with this key, so that those of several policies and runs can be compared. Whoever has
         * it can try secrets out on them.
         *
         * @param bytes 16 bytes or more; copied
         * @return this
         * @throws IllegalArgumentException if there are fewer
         */
        public Builder key(byte[] bytes) {
            if (bytes.length < MIN_KEY_BYTES) {
                throw new IllegalArgumentException("the key has " + bytes.length + " bytes: give " + MIN_KEY_BYTES
                        + " or more, from a random source");
            }
            this.key = bytes.clone();
            return this;
        }

        /**
         * Makes the policy.
         *
         * @return the policy
         */
        public Redaction build() {
            byte[] secret = key;
            if (secret == null) {
                secret = new byte[32];
                new SecureRandom().nextBytes(secret);
            }
            return new Redaction(new Policy(
                    new NameSet(headers),
                    new NameSet(parameters),
                    new NameSet(fields),
                    new SecretKeySpec(secret, ALGORITHM)));
        }
    }

    /** What is redacted, and with which key. */
    private record Policy(NameSet headers, NameSet parameters, NameSet fields, SecretKeySpec key) {}

    /** Goes through one exchange; what comes back as the same instance has no secret. For one thread. */
    @SuppressWarnings("ReferenceEquality")
    private static final class Pass {
        private final HeadScrubber heads;
        private final BodyScrubber bodies;

        Pass(Policy policy, boolean lazily) {
            Placeholders placeholders = new Placeholders(policy.key());
            this.bodies = new BodyScrubber(policy.fields(), placeholders, () -> new Placeholders(policy.key()), lazily);
            this.heads = new HeadScrubber(policy.headers(), policy.parameters(), placeholders, bodies);
        }

        Exchange exchange(Exchange exchange) {
            CapturedRequest request = request(exchange.request());
            CapturedResponse given = exchange.response().orElse(null);
            CapturedResponse response = given == null ? null : response(given);
            CapturedRequest sent = exchange.sentRequest().map(this::request).orElse(null);
            CapturedResponse origins =
                    exchange.originResponse().map(this::response).orElse(null);
            List<InformationalResponse> interim = each(exchange.informational(), this::interim);
            List<WebSocketMessage> messages = each(exchange.webSocketMessages(), this::message);
            boolean same = request == exchange.request()
                    && response == given
                    && sent == exchange.sentRequest().orElse(null)
                    && origins == exchange.originResponse().orElse(null)
                    && interim == exchange.informational()
                    && messages == exchange.webSocketMessages();
            if (same) {
                return exchange;
            }
            Exchange.Builder copy =
                    exchange.toBuilder().request(request).response(response).informational(interim);
            copy.sentRequest(sent).originResponse(origins);
            exchange.upgradedTo().ifPresent(protocol -> copy.upgraded(protocol, messages));
            return copy.build();
        }

        CapturedRequest request(CapturedRequest request) {
            HeaderList headers = heads.headers(request.headers());
            HeaderList trailers = heads.headers(request.trailers());
            CapturedBody body = body(request.body(), request.headers());
            CapturedRequest copy = heads.target(request);
            if (body == request.body() && headers == request.headers() && trailers == request.trailers()) {
                return copy;
            }
            HeaderList plain = headers(headers, request.body(), body);
            return copy.withHeaders(plain).withBody(body.withHeaders(plain), trailers);
        }

        CapturedResponse response(CapturedResponse response) {
            HeaderList headers = heads.headers(response.headers());
            HeaderList trailers = heads.headers(response.trailers());
            CapturedBody body = body(response.body(), response.headers());
            if (body == response.body() && headers == response.headers() && trailers == response.trailers()) {
                return response;
            }
            HeaderList plain = headers(headers, response.body(), body);
            return response.withHeaders(plain).withBody(body.withHeaders(plain), trailers);
        }

        private CapturedBody body(CapturedBody body, HeaderList headers) {
            // One that was put together by hand may not know what it is.
            CapturedBody known = body.contentType().isPresent() ? body : body.withHeaders(headers);
            CapturedBody clean = bodies.scrub(known);
            return clean == known ? body : clean;
        }

        /** A body that was changed is no longer coded. */
        private static HeaderList headers(HeaderList headers, CapturedBody before, CapturedBody after) {
            if (before == after || !headers.has("content-encoding")) {
                return headers;
            }
            return HeaderList.of(headers.stream()
                    .filter(header -> !header.name().equalsIgnoreCase("content-encoding"))
                    .toList());
        }

        private InformationalResponse interim(InformationalResponse response) {
            HeaderList headers = heads.headers(response.headers());
            return headers == response.headers()
                    ? response
                    : new InformationalResponse(response.status(), response.reason(), headers);
        }

        WebSocketMessage message(WebSocketMessage message) {
            if (message.type() != WebSocketMessage.Type.TEXT || message.payloadSize() == 0) {
                return message;
            }
            byte[] payload = message.payload();
            byte[] clean = bodies.json(payload);
            return clean == payload
                    ? message
                    : new WebSocketMessage(
                            message.direction(),
                            message.type(),
                            message.at(),
                            clean,
                            message.truncated(),
                            message.length());
        }

        ServerSentEvent event(ServerSentEvent event) {
            byte[] data = event.data().getBytes(UTF_8);
            byte[] clean = data.length == 0 ? data : bodies.json(data);
            return clean == data
                    ? event
                    : new ServerSentEvent(
                            event.type(),
                            new String(clean, UTF_8),
                            event.lastEventId(),
                            event.retryMillis(),
                            event.truncated());
        }

        private static <T> List<T> each(List<T> values, UnaryOperator<T> change) {
            List<T> changed = values.stream().map(change).toList();
            for (int i = 0; i < changed.size(); i++) {
                if (changed.get(i) != values.get(i)) {
                    return changed;
                }
            }
            return values;
        }
    }
}
