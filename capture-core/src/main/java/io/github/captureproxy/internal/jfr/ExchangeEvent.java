package io.github.captureproxy.internal.jfr;

import io.github.captureproxy.exchange.CapturedBody;
import io.github.captureproxy.exchange.CapturedResponse;
import io.github.captureproxy.exchange.Exchange;
import jdk.jfr.Category;
import jdk.jfr.DataAmount;
import jdk.jfr.Description;
import jdk.jfr.Event;
import jdk.jfr.Label;
import jdk.jfr.Name;
import jdk.jfr.StackTrace;
import jdk.jfr.Timespan;

/** An exchange that has ended. Its own time is that of the end, as an event cannot be dated back. */
@Name("io.github.captureproxy.Exchange")
@Label("HTTP Exchange")
@Description("A request, the response to it, and how that went, as the capture proxy recorded it")
@Category({"Capture Proxy"})
@StackTrace(false)
final class ExchangeEvent extends Event {
    @Label("Exchange Id")
    long exchangeId;

    @Label("Tunnel Id")
    @Description("The CONNECT tunnel that it came through; 0 if there was none")
    long tunnelId;

    @Label("Listener")
    @Description("The label of the address that it came in at")
    String listener = "";

    @Label("Method")
    String method = "";

    @Label("Scheme")
    String scheme = "";

    @Label("Host")
    String host = "";

    @Label("Port")
    int port;

    @Label("Path")
    @Description("Without the query")
    String path = "";

    @Label("HTTP Version")
    String httpVersion = "";

    @Label("Status")
    @Description("Of the response; 0 if there was none")
    int status;

    @Label("Outcome")
    String outcome = "";

    @Label("Request Body")
    @DataAmount
    long requestBody;

    @Label("Response Body")
    @DataAmount
    long responseBody;

    @Label("Body Cut")
    @Description("A body was not captured whole")
    boolean bodyCut;

    @Label("Time")
    @Description("From the request's head to the end")
    @Timespan
    long time;

    @Label("Time Waited")
    @Description("From the request's end to the first byte of the response")
    @Timespan
    long timeWaited;

    static void commit(Exchange exchange) {
        ExchangeEvent event = new ExchangeEvent();
        if (event.shouldCommit()) {
            event.fill(exchange);
            event.commit();
        }
    }

    private void fill(Exchange exchange) {
        exchangeId = exchange.id();
        tunnelId = exchange.tunnelId().orElse(0);
        listener = exchange.client().listener();
        method = exchange.request().method();
        exchange.request().origin().ifPresent(origin -> {
            scheme = origin.scheme();
            host = origin.host();
            port = origin.port();
            path = exchange.request().path();
        });
        httpVersion = exchange.request().httpVersion();
        status = exchange.response().map(CapturedResponse::status).orElse(0);
        outcome = exchange.outcome().status().name();
        requestBody = exchange.sizes().requestBody();
        responseBody = exchange.sizes().responseBody();
        bodyCut = exchange.request().body().isTruncated()
                || exchange.response()
                        .map(CapturedResponse::body)
                        .filter(CapturedBody::isTruncated)
                        .isPresent();
        time = exchange.duration().toNanos();
        timeWaited = Math.max(0, exchange.timings().waitNanos());
    }
}
