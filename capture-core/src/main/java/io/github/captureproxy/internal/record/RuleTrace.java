package io.github.captureproxy.internal.record;

import io.github.captureproxy.exchange.CapturedBody;
import io.github.captureproxy.exchange.CapturedRequest;
import io.github.captureproxy.exchange.CapturedResponse;
import io.github.captureproxy.exchange.ClientInfo;
import io.github.captureproxy.exchange.Exchange;
import io.github.captureproxy.exchange.InFlightExchange;
import io.github.captureproxy.exchange.Outcome;
import io.github.captureproxy.exchange.TlsFailure;
import io.github.captureproxy.exchange.Tunnel;
import io.github.captureproxy.exchange.WebSocketMessage;
import java.util.List;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** What rules did to an exchange: their names, and the origin's side where it is not the client's. For one thread. */
public final class RuleTrace {
    private final List<String> names;
    private String answered = "";
    private Changes changes = new Changes(false, false, false, false);
    private @Nullable ExchangeRecorder origin;
    private @Nullable Exchange beside;

    RuleTrace(List<String> names) {
        this.names = List.copyOf(names);
    }

    /**
     * What rules change of messages.
     *
     * @param request the request, in whatever part
     * @param requestBody the request's body
     * @param response the response, in whatever part
     * @param responseBody the response's body, or how much of it gets through
     */
    public record Changes(boolean request, boolean requestBody, boolean response, boolean responseBody) {}

    /** The proxy's own response takes the place of the origin's. */
    void replaced() {
        changes = new Changes(changes.request(), changes.requestBody(), true, true);
    }

    /** The origin's side; null if the request was not sent on. */
    @Nullable
    Exchange beside() {
        return beside;
    }

    void answered(String detail) {
        answered = detail;
    }

    String answered() {
        return answered;
    }

    void sendsOn(ExchangeRecorder made, Changes what) {
        origin = made;
        changes = what;
    }

    Changes changes() {
        return changes;
    }

    /** The origin's side ends with the client's, if it has not ended before. */
    void end(Outcome.Status status, Outcome.Side side, String detail) {
        ExchangeRecorder other = origin;
        if (other != null) {
            other.end(status, side, detail);
        }
    }

    /** Adds what is known of the origin's side. */
    void addTo(Exchange.Builder builder, CapturedRequest request, @Nullable CapturedResponse response) {
        builder.rules(names);
        Exchange other = beside;
        if (other == null) {
            return;
        }
        if (changes.request()) {
            CapturedRequest sent = other.request();
            builder.sentRequest(changes.requestBody() ? sent : sent.withBody(request.body(), request.trailers()));
        }
        if (changes.response()) {
            builder.originResponse(other.response()
                    .map(got -> changes.responseBody() ? got : got.withBody(shared(response), got.trailers()))
                    .orElse(null));
        }
    }

    private static CapturedBody shared(@Nullable CapturedResponse response) {
        return response == null ? CapturedBody.empty() : response.body();
    }

    /** Takes the origin's side for itself, and hands on what is not about one side alone. */
    CaptureSink beside(CaptureSink sink) {
        return new CaptureSink() {
            @Override
            public void request(Supplier<InFlightExchange> request) {
                // told of when the client's came in
            }

            @Override
            public void exchange(Exchange exchange) {
                beside = exchange;
            }

            @Override
            public void tunnel(Tunnel tunnel) {
                sink.tunnel(tunnel);
            }

            @Override
            public void webSocketMessage(long exchangeId, WebSocketMessage message) {
                sink.webSocketMessage(exchangeId, message);
            }

            @Override
            public void tlsFailure(TlsFailure failure) {
                sink.tlsFailure(failure);
            }

            @Override
            public void stirred(ClientInfo client) {
                // the client's side tells, which ends with this one or later
            }

            @Override
            public boolean isPaused() {
                return sink.isPaused();
            }
        };
    }
}
