package io.github.captureproxy.tls.recipes;

import io.github.captureproxy.CaptureProxy;
import java.io.InputStream;
import java.net.URI;
import java.net.URLConnection;
import java.nio.charset.StandardCharsets;
import javax.net.ssl.HttpsURLConnection;

/** The oldest client of the JDK. */
final class HttpUrlConnectionRecipe implements Recipe {
    @Override
    public String get(CaptureProxy proxy, URI target) throws Exception {
        // README url
        URLConnection connection = target.toURL().openConnection(proxy.asProxy());
        if (connection instanceof HttpsURLConnection https) {
            https.setSSLSocketFactory(proxy.sslContext().getSocketFactory());
        }
        // end
        try (InputStream in = connection.getInputStream()) {
            return new String(in.readAllBytes(), StandardCharsets.UTF_8);
        }
    }
}
