package io.github.captureproxy.tls.recipes;

import io.github.captureproxy.CaptureProxy;
import java.net.URI;
import org.eclipse.jetty.client.HttpClient;
import org.eclipse.jetty.client.HttpProxy;
import org.eclipse.jetty.client.transport.HttpClientTransportOverHTTP;
import org.eclipse.jetty.io.ClientConnector;
import org.eclipse.jetty.util.ssl.SslContextFactory;

/** The client of Jetty 12. */
final class JettyClientRecipe implements Recipe {
    @Override
    public String get(CaptureProxy proxy, URI target) throws Exception {
        // README jetty
        SslContextFactory.Client tls = new SslContextFactory.Client();
        tls.setSslContext(proxy.sslContext());
        ClientConnector connector = new ClientConnector();
        connector.setSslContextFactory(tls);
        HttpClient client = new HttpClient(new HttpClientTransportOverHTTP(connector));
        client.getProxyConfiguration().addProxy(new HttpProxy("127.0.0.1", proxy.port()));
        client.start();
        // end
        try {
            return client.GET(target).getContentAsString();
        } finally {
            client.stop();
        }
    }
}
