package io.github.captureproxy.clients;

import io.github.captureproxy.CaptureProxy;
import io.netty.buffer.Unpooled;
import io.netty.handler.codec.http.HttpMethod;
import java.time.Duration;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;
import reactor.netty.http.client.HttpClient;

/** Reactor Netty: opens a tunnel for plain HTTP too. */
class ReactorNettyTest extends ClientContract {
    @Override
    Client open(CaptureProxy through) {
        return new Calls(new ReactorResources(through));
    }

    @Override
    boolean tunnels() {
        return true;
    }

    private record Calls(ReactorResources resources) implements Client {
        private static final int PIECE = 1_000;

        @Override
        public Answer send(Call call) {
            HttpClient client = resources.client();
            if (call.body().length > 0 && !call.chunked()) {
                client = client.headers(fields -> fields.set("Content-Length", call.body().length));
            }
            return client.request(HttpMethod.valueOf(call.method()))
                    .uri(call.url())
                    .send(call.body().length == 0 ? Mono.empty() : pieces(call.body()))
                    .responseSingle((response, body) -> body.asByteArray()
                            .defaultIfEmpty(new byte[0])
                            .map(bytes -> new Answer(response.status().code(), bytes)))
                    .block(Duration.ofSeconds(20));
        }

        private static Flux<io.netty.buffer.ByteBuf> pieces(byte[] body) {
            return Flux.range(0, (body.length + PIECE - 1) / PIECE)
                    .map(i -> Unpooled.wrappedBuffer(body, i * PIECE, Math.min(PIECE, body.length - i * PIECE)));
        }

        @Override
        public void close() {
            resources.close();
        }
    }
}
