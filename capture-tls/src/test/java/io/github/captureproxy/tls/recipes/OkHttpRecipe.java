package io.github.captureproxy.tls.recipes;

import io.github.captureproxy.CaptureProxy;
import java.net.URI;
import okhttp3.OkHttpClient;
import okhttp3.Request;
import okhttp3.Response;

/** OkHttp, and Retrofit over it. */
final class OkHttpRecipe implements Recipe {
    @Override
    public String get(CaptureProxy proxy, URI target) throws Exception {
        // README okhttp
        OkHttpClient client = new OkHttpClient.Builder()
                .proxy(proxy.asProxy())
                .sslSocketFactory(proxy.sslContext().getSocketFactory(), proxy.trustManager())
                .build();
        // end
        Request request = new Request.Builder().url(target.toURL()).build();
        try (Response response = client.newCall(request).execute()) {
            return response.body().string();
        } finally {
            client.dispatcher().executorService().shutdown();
            client.connectionPool().evictAll();
        }
    }
}
