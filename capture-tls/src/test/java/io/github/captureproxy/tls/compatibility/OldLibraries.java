package io.github.captureproxy.tls.compatibility;

import com.sun.net.httpserver.HttpHandler;
import com.sun.net.httpserver.HttpServer;
import com.sun.net.httpserver.HttpsConfigurator;
import com.sun.net.httpserver.HttpsServer;
import io.github.captureproxy.CaptureProxy;
import io.github.captureproxy.exchange.Exchange;
import io.github.captureproxy.export.Export;
import io.github.captureproxy.export.ExportFormat;
import io.github.captureproxy.export.Har;
import io.github.captureproxy.history.ExchangeFilter;
import io.github.captureproxy.tls.CertificateAuthority;
import io.github.captureproxy.tls.ClientTrust;
import io.github.captureproxy.tls.TlsInterception;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.security.cert.X509Certificate;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import javax.net.ssl.SSLContext;

/** What is run in a class loader of its own, so it must need nothing of a test library. Gives what was captured. */
public final class OldLibraries implements Callable<List<String>> {
    private final SSLContext origin;
    private final X509Certificate root;

    public OldLibraries(SSLContext origin, X509Certificate root) {
        this.origin = origin;
        this.root = root;
    }

    @Override
    public List<String> call() throws Exception {
        HttpServer plain = HttpServer.create(loopback(), 0);
        HttpsServer secure = HttpsServer.create(loopback(), 0);
        secure.setHttpsConfigurator(new HttpsConfigurator(origin));
        try (TlsInterception tls = TlsInterception.builder()
                        .authority(CertificateAuthority.ephemeral())
                        .clientTrust(ClientTrust.ASSUMED)
                        .upstreamTrust(List.of(root))
                        .build();
                CaptureProxy proxy = CaptureProxy.builder().port(0).tls(tls).start()) {
            HttpClient client = HttpClient.newBuilder()
                    .proxy(proxy.proxySelector())
                    .sslContext(proxy.sslContext())
                    .build();
            for (HttpServer server : List.of(plain, secure)) {
                server.createContext("/", echo());
                server.start();
                String scheme = server == secure ? "https" : "http";
                URI target = URI.create(
                        scheme + "://localhost:" + server.getAddress().getPort() + "/");
                HttpRequest request = HttpRequest.newBuilder(target)
                        .POST(BodyPublishers.ofString("hello over " + scheme))
                        .build();
                client.send(request, BodyHandlers.ofString());
            }
            HttpRequest nowhere = HttpRequest.newBuilder(URI.create("http://nowhere.invalid/"))
                    .build();
            client.send(nowhere, BodyHandlers.ofString());
            List<String> captured = new ArrayList<>();
            exported(proxy.history().snapshot()).forEach(exchange -> captured.add(text(exchange)));
            captured.add(outcomeOfStalledClient());
            return captured;
        } finally {
            plain.stop(0);
            secure.stop(0);
        }
    }

    /** A client that takes nothing is cut off, and its exchange ends. */
    private static String outcomeOfStalledClient() throws Exception {
        try (ServerSocket origin = new ServerSocket(0, 1, InetAddress.getLoopbackAddress());
                CaptureProxy proxy = CaptureProxy.builder()
                        .port(0)
                        .transferTimeout(Duration.ofMillis(300))
                        .start();
                Socket client = new Socket(proxy.address().getAddress(), proxy.port())) {
            String authority = "127.0.0.1:" + origin.getLocalPort();
            client.getOutputStream()
                    .write(("GET http://" + authority + "/ HTTP/1.1\r\nHost: " + authority + "\r\n\r\n")
                            .getBytes(StandardCharsets.US_ASCII));
            try (Socket server = origin.accept()) {
                Thread flood = new Thread(() -> flood(server), "flood");
                flood.setDaemon(true);
                flood.start();
                return proxy.history()
                        .await(ExchangeFilter.any(), Duration.ofSeconds(20))
                        .outcome()
                        .status()
                        .toString();
            }
        }
    }

    private static void flood(Socket to) {
        try {
            to.getOutputStream().write("HTTP/1.1 200 OK\r\n\r\n".getBytes(StandardCharsets.US_ASCII));
            byte[] piece = new byte[1 << 20];
            while (true) {
                to.getOutputStream().write(piece);
            }
        } catch (IOException e) {
            // the proxy has closed it, as it should, or the test has
        }
    }

    /** Writes every format that Jackson writes, and reads one back. */
    private static List<Exchange> exported(List<Exchange> exchanges) throws IOException {
        for (ExportFormat format : List.of(Export.jsonLines(), Export.postman("old"), Export.wireMock())) {
            format.write(exchanges, OutputStream.nullOutputStream());
        }
        ByteArrayOutputStream har = new ByteArrayOutputStream();
        Export.har().write(exchanges, har);
        return Har.read(new ByteArrayInputStream(har.toByteArray())).toList();
    }

    private static InetSocketAddress loopback() {
        return new InetSocketAddress(InetAddress.getLoopbackAddress(), 0);
    }

    private static HttpHandler echo() {
        return exchange -> {
            byte[] body = exchange.getRequestBody().readAllBytes();
            exchange.sendResponseHeaders(200, body.length);
            exchange.getResponseBody().write(body);
            exchange.close();
        };
    }

    private static String text(Exchange exchange) {
        return exchange.outcome().status() + " "
                + exchange.response().orElseThrow().body().text();
    }
}
