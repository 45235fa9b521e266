package io.github.captureproxy.client;

import java.net.URI;
import java.util.LinkedHashMap;
import java.util.Map;

/** The system properties by which a JVM is told of a proxy. */
final class ProxyProperties {
    private ProxyProperties() {}

    static Map<String, String> of(URI proxy) {
        String host = proxy.getHost().replaceAll("[\\[\\]]", "");
        String port = String.valueOf(proxy.getPort());
        Map<String, String> properties = new LinkedHashMap<>();
        properties.put("http.proxyHost", host);
        properties.put("http.proxyPort", port);
        properties.put("https.proxyHost", host);
        properties.put("https.proxyPort", port);
        // To any other value the JDK adds the loopback addresses. There is no such property for https.
        properties.put("http.nonProxyHosts", "");
        return properties;
    }
}
