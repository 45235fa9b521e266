package io.github.captureproxy.clients;

import io.github.captureproxy.CaptureProxy;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublisher;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;

/** The JDK's client. Left to itself, it asks for h2c with each first request: that must not be passed on. */
class JdkHttpClientTest extends ClientContract {
    @Override
    Client open(CaptureProxy through) {
        return new Calls(HttpClient.newBuilder().proxy(through.proxySelector()).build());
    }

    /** Has no close before 21: its threads and sockets go when it is collected. */
    private record Calls(HttpClient client) implements Client {
        @Override
        public Answer send(Call call) throws IOException, InterruptedException {
            BodyPublisher body = call.chunked()
                    ? BodyPublishers.ofInputStream(() -> new ByteArrayInputStream(call.body()))
                    : call.body().length == 0 ? BodyPublishers.noBody() : BodyPublishers.ofByteArray(call.body());
            HttpRequest request = HttpRequest.newBuilder(URI.create(call.url()))
                    .method(call.method(), body)
                    .timeout(Duration.ofSeconds(20))
                    .build();
            HttpResponse<byte[]> response = client.send(request, BodyHandlers.ofByteArray());
            return new Answer(response.statusCode(), response.body());
        }

        @Override
        public void close() {
            // nothing to call
        }
    }
}
