package io.github.captureproxy.examples;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse.BodyHandlers;

/** The service that the README's examples test: it has an order paid by the payment API. */
final class OrderService {
    private final HttpClient http;
    private final URI payments;

    OrderService(HttpClient http, URI payments) {
        this.http = http;
        this.payments = payments;
    }

    void placeOrder(int sku) throws IOException, InterruptedException {
        String charge = "{\"sku\":" + sku + ",\"amount\":499}";
        HttpRequest request = HttpRequest.newBuilder(payments.resolve("/charges"))
                .header("Content-Type", "application/json")
                .POST(BodyPublishers.ofString(charge))
                .build();
        http.send(request, BodyHandlers.discarding());
    }
}
