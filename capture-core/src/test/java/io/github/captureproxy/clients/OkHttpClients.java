package io.github.captureproxy.clients;

import io.github.captureproxy.CaptureProxy;
import okhttp3.OkHttpClient;

/** Makes OkHttp's clients, and ends them: they have no close. */
final class OkHttpClients {
    private OkHttpClients() {}

    static OkHttpClient.Builder through(CaptureProxy proxy) {
        return new OkHttpClient.Builder().proxy(proxy.asProxy());
    }

    static void close(OkHttpClient client) {
        client.dispatcher().executorService().shutdown();
        client.connectionPool().evictAll();
    }
}
