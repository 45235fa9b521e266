package io.github.captureproxy.clients;

import io.github.captureproxy.CaptureProxy;
import java.io.IOException;
import okhttp3.MediaType;
import okhttp3.OkHttpClient;
import okhttp3.Request;
import okhttp3.RequestBody;
import okhttp3.Response;
import okio.BufferedSink;
import org.jspecify.annotations.Nullable;

/** OkHttp. */
class OkHttpTest extends ClientContract {
    @Override
    Client open(CaptureProxy through) {
        return new Calls(OkHttpClients.through(through).build());
    }

    @Override
    boolean unpacks() {
        return true;
    }

    private record Calls(OkHttpClient client) implements Client {
        @Override
        public Answer send(Call call) throws IOException {
            RequestBody body =
                    call.body().length == 0 && !call.chunked() ? null : new Bytes(call.body(), call.chunked());
            Request request = new Request.Builder()
                    .url(call.url())
                    .method(call.method(), body)
                    .build();
            try (Response response = client.newCall(request).execute()) {
                return new Answer(response.code(), response.body().bytes());
            }
        }

        @Override
        public void close() {
            OkHttpClients.close(client);
        }
    }

    private static final class Bytes extends RequestBody {
        private final byte[] bytes;
        private final boolean chunked;

        Bytes(byte[] bytes, boolean chunked) {
            this.bytes = bytes;
            this.chunked = chunked;
        }

        @Override
        public @Nullable MediaType contentType() {
            return null;
        }

        @Override
        public long contentLength() {
            return chunked ? -1 : bytes.length;
        }

        @Override
        public void writeTo(BufferedSink sink) throws IOException {
            sink.write(bytes);
        }
    }
}
