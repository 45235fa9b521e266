package io.github.captureproxy.exchange;

import java.net.InetSocketAddress;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** A request, the response to it, and how that went. Immutable and safe for any thread. */
public final class Exchange {
    private static final Pattern CONTROL_CHARACTERS = Pattern.compile("[\\x00-\\x1f\\x7f-\\x9f]");

    private final long id;
    private final ClientInfo client;
    private final OptionalLong tunnelId;
    private final Tunnel.@Nullable Reason tunnelReason;
    private final @Nullable ClientTls clientTls;
    private final @Nullable OriginTls originTls;
    private final HttpHop clientHop;
    private final @Nullable HttpHop originHop;
    private final Route route;
    private final @Nullable InetSocketAddress remoteAddress;
    private final CapturedRequest request;
    private final @Nullable CapturedResponse response;
    private final List<InformationalResponse> informational;
    private final List<WebSocketMessage> webSocketMessages;
    private final @Nullable String upgradedTo;
    private final Instant startedAt;
    private final Timings timings;
    private final WireSizes sizes;
    private final Outcome outcome;
    private final List<String> rules;
    private final @Nullable CapturedRequest sentRequest;
    private final @Nullable CapturedResponse originResponse;

    private Exchange(Builder builder) {
        this.id = builder.id;
        this.client = builder.client;
        this.tunnelId = builder.tunnelId;
        this.tunnelReason = builder.tunnelReason;
        this.clientTls = builder.clientTls;
        this.originTls = builder.originTls;
        HttpHop from = builder.clientHop;
        this.clientHop = from == null ? HttpHop.of(builder.request.httpVersion()) : from;
        this.originHop = builder.originHop;
        this.route = builder.route;
        this.remoteAddress = builder.remoteAddress;
        this.request = builder.request;
        this.response = builder.response;
        this.informational = List.copyOf(builder.informational);
        this.webSocketMessages = List.copyOf(builder.webSocketMessages);
        this.upgradedTo = builder.upgradedTo;
        this.startedAt = builder.startedAt;
        this.timings = builder.timings;
        this.sizes = builder.sizes;
        this.outcome = builder.outcome;
        this.rules = List.copyOf(builder.rules);
        this.sentRequest = builder.sentRequest;
        this.originResponse = builder.originResponse;
    }

    /**
     * Starts to put an exchange together: for importers and for tests of listeners.
     *
     * @param id its ordinal
     * @param client who sent the request
     * @param request the request
     * @return a builder
     */
    public static Builder builder(long id, ClientInfo client, CapturedRequest request) {
        return new Builder(id, client, request);
    }

    /**
     * Starts a changed copy.
     *
     * @return a builder that has all of this exchange, and shares its values
     */
    public Builder toBuilder() {
        Builder copy = new Builder(id, client, request);
        copy.tunnelId = tunnelId;
        copy.tunnelReason = tunnelReason;
        copy.clientTls = clientTls;
        copy.originTls = originTls;
        copy.clientHop = clientHop;
        copy.originHop = originHop;
        copy.route = route;
        copy.remoteAddress = remoteAddress;
        copy.response = response;
        copy.informational = informational;
        copy.webSocketMessages = webSocketMessages;
        copy.upgradedTo = upgradedTo;
        copy.startedAt = startedAt;
        copy.timings = timings;
        copy.sizes = sizes;
        copy.outcome = outcome;
        copy.rules = rules;
        copy.sentRequest = sentRequest;
        copy.originResponse = originResponse;
        return copy;
    }

    /**
     * The exchange's ordinal in its proxy, in the order in which requests came in.
     *
     * @return the id, from 1
     */
    public long id() {
        return id;
    }

    /**
     * Who sent the request.
     *
     * @return the client
     */
    public ClientInfo client() {
        return client;
    }

    /**
     * The CONNECT tunnel that the exchange came through.
     *
     * @return the tunnel's id, if there was one
     */
    public OptionalLong tunnelId() {
        return tunnelId;
    }

    /**
     * What was decided about the tunnel that the exchange came through, and so why it could be seen.
     *
     * @return such as {@link Tunnel.Reason#INTERCEPTED}, if there was a tunnel
     */
    public Optional<Tunnel.Reason> tunnelReason() {
        return Optional.ofNullable(tunnelReason);
    }

    /**
     * The TLS between the client and the proxy.
     *
     * @return its facts, if the exchange came through an intercepted tunnel
     */
    public Optional<ClientTls> clientTls() {
        return Optional.ofNullable(clientTls);
    }

    /**
     * The TLS between the proxy and the origin.
     *
     * @return its facts, if the request was sent on over TLS
     */
    public Optional<OriginTls> originTls() {
        return Optional.ofNullable(originTls);
    }

    /**
     * What the client and the proxy spoke.
     *
     * @return the version, and the stream where it is HTTP/2
     */
    public HttpHop clientHop() {
        return clientHop;
    }

    /**
     * What the proxy and the origin, or the upstream proxy, spoke.
     *
     * @return the version, and the stream where it is HTTP/2, of the connection that the request was sent on last;
     *     {@code HTTP/1.1}, as it was asked, where an HTTP/1 connection has answered nothing; empty if there was none
     */
    public Optional<HttpHop> originHop() {
        return Optional.ofNullable(originHop);
    }

    /**
     * The way on which the request was sent on.
     *
     * @return the route
     */
    public Route route() {
        return route;
    }

    /**
     * The address that the request was sent to: the origin's, or the upstream proxy's.
     *
     * @return the address, if a connection was made
     */
    public Optional<InetSocketAddress> remoteAddress() {
        return Optional.ofNullable(remoteAddress);
    }

    /**
     * The request.
     *
     * @return the request as the client sent it; see {@link #sentRequest()} where rules changed it
     */
    public CapturedRequest request() {
        return request;
    }

    /**
     * The final response, as the client got it: the origin's, what rules made of that ({@link #originResponse()} is the
     * origin's then), or the proxy's own where it answered itself.
     *
     * @return the response, if one had started
     */
    public Optional<CapturedResponse> response() {
        return Optional.ofNullable(response);
    }

    /**
     * The exchange as a gRPC call. Any version of HTTP will do, though only HTTP/2 carries whole ones.
     *
     * @return the call, if the request's content type is {@code application/grpc}, also with a format as in
     *     {@code application/grpc+proto}; gRPC-Web is another protocol
     */
    public Optional<GrpcCall> grpc() {
        return GrpcCall.of(request, response);
    }

    /**
     * The interim responses that came before. All of them pass; no more than the first 100 are kept.
     *
     * @return the 1xx responses in order
     */
    public List<InformationalResponse> informational() {
        return informational;
    }

    /**
     * The messages of a WebSocket that the exchange was upgraded to.
     *
     * @return the messages in the order in which they passed; the oldest are missing past the capture's limit
     */
    public List<WebSocketMessage> webSocketMessages() {
        return webSocketMessages;
    }

    /**
     * The protocol that the connection was upgraded to by a 101 response.
     *
     * @return such as {@code websocket}, if it was upgraded
     */
    public Optional<String> upgradedTo() {
        return Optional.ofNullable(upgradedTo);
    }

    /**
     * When the request's head had come in.
     *
     * @return the wall-clock time
     */
    public Instant startedAt() {
        return startedAt;
    }

    /**
     * How long each phase took.
     *
     * @return the timings
     */
    public Timings timings() {
        return timings;
    }

    /**
     * How long the exchange took in all.
     *
     * @return the sum of its phases
     */
    public Duration duration() {
        return timings.total();
    }

    /**
     * How many bytes its messages had.
     *
     * @return the sizes on the wire
     */
    public WireSizes sizes() {
        return sizes;
    }

    /**
     * How it ended.
     *
     * @return the outcome
     */
    public Outcome outcome() {
        return outcome;
    }

    /**
     * The rules that acted on it ({@code CaptureProxyBuilder.rule}).
     *
     * @return their names in order; empty if the exchange passed untouched
     */
    public List<String> rules() {
        return rules;
    }

    /**
     * The request as rules sent it on, where that is not {@link #request()}. Hop-by-hop fields, and the form of the
     * target, are still those that the client sent.
     *
     * @return the request; empty if no rule changed it, or it was not sent on
     */
    public Optional<CapturedRequest> sentRequest() {
        return Optional.ofNullable(sentRequest);
    }

    /**
     * The origin's response, where rules made another {@link #response()} of it.
     *
     * @return the response; empty if no rule changed it, or the origin has given none
     */
    public Optional<CapturedResponse> originResponse() {
        return Optional.ofNullable(originResponse);
    }

    /**
     * What failed, in words.
     *
     * @return the outcome's detail, if it has one
     */
    public Optional<String> error() {
        return outcome.detail().isEmpty() ? Optional.empty() : Optional.of(outcome.detail());
    }

    /**
     * The exchange on one line, URL included: may hold secrets that stand in a URL.
     *
     * @return method, URL, status, content type, size and time; also the versions where one is HTTP/2
     */
    public String summary() {
        return describe(request.method() + " " + request.url());
    }

    /**
     * The exchange on one line without secrets: no query, no field values, no body.
     *
     * @return id, method, URL without query, status and time
     */
    @Override
    public String toString() {
        return "#" + id + " " + describe(request.toString());
    }

    private String describe(String what) {
        StringBuilder line = new StringBuilder(what);
        if (response == null) {
            line.append(" -> no response");
        } else {
            line.append(" -> ").append(response.status());
            response.headers()
                    .first("content-type")
                    .ifPresent(type -> line.append(' ').append(type));
            line.append(' ').append(response.body().size()).append(" B");
        }
        line.append(' ').append(duration().toMillis()).append(" ms").append(versions());
        if (outcome.status() != Outcome.Status.COMPLETED) {
            line.append(' ').append(outcome);
        }
        // What was sent must not steer the terminal that this is printed on, nor start another line.
        return CONTROL_CHARACTERS.matcher(line).replaceAll("?");
    }

    /** HTTP/1 at both ends goes without saying. */
    private String versions() {
        String to = originHop == null ? clientHop.version() : originHop.version();
        if (!clientHop.isHttp2() && !to.equals("HTTP/2")) {
            return "";
        }
        return " " + clientHop.version() + (to.equals(clientHop.version()) ? "" : " to " + to);
    }

    /** Puts an exchange together. Not safe for use by several threads. */
    public static final class Builder {
        private long id;
        private ClientInfo client;
        private CapturedRequest request;
        private OptionalLong tunnelId = OptionalLong.empty();
        private Tunnel.@Nullable Reason tunnelReason;
        private @Nullable ClientTls clientTls;
        private @Nullable OriginTls originTls;
        private @Nullable HttpHop clientHop;
        private @Nullable HttpHop originHop;
        private Route route = Route.NONE;
        private @Nullable InetSocketAddress remoteAddress;
        private @Nullable CapturedResponse response;
        private List<InformationalResponse> informational = List.of();
        private List<WebSocketMessage> webSocketMessages = List.of();
        private @Nullable String upgradedTo;
        private Instant startedAt = Instant.EPOCH;
        private Timings timings = Timings.NONE;
        private WireSizes sizes = WireSizes.NONE;
        private Outcome outcome = COMPLETED;
        private List<String> rules = List.of();
        private @Nullable CapturedRequest sentRequest;
        private @Nullable CapturedResponse originResponse;

        private static final Outcome COMPLETED = new Outcome(Outcome.Status.COMPLETED, Outcome.Side.NONE, 0, "");

        private Builder(long id, ClientInfo client, CapturedRequest request) {
            this.id = id;
            this.client = Objects.requireNonNull(client, "client");
            this.request = Objects.requireNonNull(request, "request");
        }

        /**
         * Replaces the ordinal.
         *
         * @param value the id
         * @return this
         */
        public Builder id(long value) {
            this.id = value;
            return this;
        }

        /**
         * Replaces the client.
         *
         * @param value who sent the request
         * @return this
         */
        public Builder client(ClientInfo value) {
            this.client = Objects.requireNonNull(value, "client");
            return this;
        }

        /**
         * Sets the tunnel that the exchange came through.
         *
         * @param id the tunnel's id
         * @param reason what was decided about it
         * @return this
         */
        public Builder tunnel(long id, Tunnel.Reason reason) {
            this.tunnelId = OptionalLong.of(id);
            this.tunnelReason = Objects.requireNonNull(reason, "reason");
            return this;
        }

        /**
         * Sets the facts of TLS on both sides.
         *
         * @param client the client's; null if it was plain
         * @param origin the origin's; null if it was plain, or there was none
         * @return this
         */
        public Builder tls(@Nullable ClientTls client, @Nullable OriginTls origin) {
            this.clientTls = client;
            this.originTls = origin;
            return this;
        }

        /**
         * Sets what was spoken on both sides. Unless set, the client spoke the version of the request, and nothing is
         * known of the origin.
         *
         * @param client the client's hop
         * @param origin the origin's hop; null if the request was not sent on
         * @return this
         */
        public Builder hops(HttpHop client, @Nullable HttpHop origin) {
            this.clientHop = Objects.requireNonNull(client, "client");
            this.originHop = origin;
            return this;
        }

        /**
         * Sets the way on which it was sent on.
         *
         * @param value the route
         * @param remote the address that was connected to; null if there was none
         * @return this
         */
        public Builder route(Route value, @Nullable InetSocketAddress remote) {
            this.route = Objects.requireNonNull(value, "route");
            this.remoteAddress = remote;
            return this;
        }

        /**
         * Replaces the request, once its body is there.
         *
         * @param value the request
         * @return this
         */
        public Builder request(CapturedRequest value) {
            this.request = Objects.requireNonNull(value, "request");
            return this;
        }

        /**
         * Sets the final response.
         *
         * @param value the response; null if there was none
         * @return this
         */
        public Builder response(@Nullable CapturedResponse value) {
            this.response = value;
            return this;
        }

        /**
         * Sets the interim responses.
         *
         * @param value the responses in order
         * @return this
         */
        public Builder informational(List<InformationalResponse> value) {
            this.informational = value;
            return this;
        }

        /**
         * Sets what the connection was upgraded to.
         *
         * @param protocol the protocol of the 101 response
         * @param messages its messages, where it is WebSocket
         * @return this
         */
        public Builder upgraded(String protocol, List<WebSocketMessage> messages) {
            this.upgradedTo = Objects.requireNonNull(protocol, "protocol");
            this.webSocketMessages = messages;
            return this;
        }

        /**
         * Sets when it was and how long it took.
         *
         * @param start when the request's head had come in
         * @param phases the phases' times
         * @return this
         */
        public Builder timings(Instant start, Timings phases) {
            this.startedAt = Objects.requireNonNull(start, "start");
            this.timings = Objects.requireNonNull(phases, "phases");
            return this;
        }

        /**
         * Sets the sizes on the wire.
         *
         * @param value the sizes
         * @return this
         */
        public Builder sizes(WireSizes value) {
            this.sizes = Objects.requireNonNull(value, "sizes");
            return this;
        }

        /**
         * Sets which rules acted on it.
         *
         * @param names the rules in order; none unless set
         * @return this
         */
        public Builder rules(List<String> names) {
            this.rules = names;
            return this;
        }

        /**
         * Sets the request as rules sent it on.
         *
         * @param value the request; null if it is the same
         * @return this
         */
        public Builder sentRequest(@Nullable CapturedRequest value) {
            this.sentRequest = value;
            return this;
        }

        /**
         * Sets the response that rules made another of.
         *
         * @param value the response; null if it is the same, or there was none
         * @return this
         */
        public Builder originResponse(@Nullable CapturedResponse value) {
            this.originResponse = value;
            return this;
        }

        /**
         * Sets how it ended; completed unless set.
         *
         * @param value the outcome
         * @return this
         */
        public Builder outcome(Outcome value) {
            this.outcome = Objects.requireNonNull(value, "outcome");
            return this;
        }

        /**
         * Puts it together.
         *
         * @return the exchange
         */
        public Exchange build() {
            return new Exchange(this);
        }
    }
}
