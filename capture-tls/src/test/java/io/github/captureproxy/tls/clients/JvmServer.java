package io.github.captureproxy.tls.clients;

import io.github.captureproxy.tls.testkit.TestCertificate;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import org.apache.hc.core5.http.ContentType;
import org.apache.hc.core5.http.EntityDetails;
import org.apache.hc.core5.http.HttpException;
import org.apache.hc.core5.http.HttpRequest;
import org.apache.hc.core5.http.Message;
import org.apache.hc.core5.http.URIScheme;
import org.apache.hc.core5.http.impl.bootstrap.HttpAsyncServer;
import org.apache.hc.core5.http.nio.AsyncRequestConsumer;
import org.apache.hc.core5.http.nio.AsyncServerRequestHandler;
import org.apache.hc.core5.http.nio.entity.BasicAsyncEntityConsumer;
import org.apache.hc.core5.http.nio.support.AsyncResponseBuilder;
import org.apache.hc.core5.http.nio.support.BasicRequestConsumer;
import org.apache.hc.core5.http.protocol.HttpContext;
import org.apache.hc.core5.http2.HttpVersionPolicy;
import org.apache.hc.core5.http2.impl.nio.bootstrap.H2ServerBootstrap;
import org.apache.hc.core5.http2.ssl.H2ServerTlsStrategy;
import org.apache.hc.core5.io.CloseMode;
import org.apache.hc.core5.reactor.ListenerEndpoint;
import org.apache.hc.core5.util.TimeValue;

/** HttpCore's server in this JVM. */
final class JvmServer implements Http2Site.Running {
    private final HttpAsyncServer server;
    private final InetSocketAddress address;

    private JvmServer(HttpAsyncServer server, InetSocketAddress address) {
        this.server = server;
        this.address = address;
    }

    /** One that speaks HTTP/1.1 as well. */
    static JvmServer start(TestCertificate certificate) throws Exception {
        return start(certificate, HttpVersionPolicy.NEGOTIATE);
    }

    static JvmServer start(TestCertificate certificate, HttpVersionPolicy versions) throws Exception {
        HttpAsyncServer server = H2ServerBootstrap.bootstrap()
                .setCanonicalHostName(Http2Rig.HOST)
                .setVersionPolicy(versions)
                .setTlsStrategy(new H2ServerTlsStrategy(certificate.serverContext()))
                .register("*", new Handler())
                .create();
        server.start();
        ListenerEndpoint endpoint = server.listen(
                        new InetSocketAddress(InetAddress.getByAddress(new byte[] {127, 0, 0, 1}), 0), URIScheme.HTTPS)
                .get();
        return new JvmServer(server, (InetSocketAddress) endpoint.getAddress());
    }

    @Override
    public InetSocketAddress address() {
        return address;
    }

    @Override
    public void close() throws InterruptedException {
        server.close(CloseMode.IMMEDIATE);
        server.awaitShutdown(TimeValue.ofSeconds(10));
    }

    /** Answers by path. */
    private static final class Handler implements AsyncServerRequestHandler<Message<HttpRequest, byte[]>> {
        @Override
        public AsyncRequestConsumer<Message<HttpRequest, byte[]>> prepare(
                HttpRequest request, EntityDetails entity, HttpContext context) {
            return new BasicRequestConsumer<>(entity == null ? null : new BasicAsyncEntityConsumer());
        }

        @Override
        public void handle(Message<HttpRequest, byte[]> message, ResponseTrigger trigger, HttpContext context)
                throws HttpException, IOException {
            byte[] body = message.getBody() == null ? new byte[0] : message.getBody();
            AsyncResponseBuilder response = switch (message.getHead().getPath().replaceFirst("\\?.*", "")) {
                case "/small" -> with(Http2Site.SMALL);
                case "/large" -> with(Http2Site.LARGE);
                case "/echo" -> with(body);
                default -> AsyncResponseBuilder.create(404);
            };
            trigger.submitResponse(response.build(), context);
        }

        private static AsyncResponseBuilder with(byte[] body) {
            return AsyncResponseBuilder.create(200).setEntity(body, ContentType.APPLICATION_OCTET_STREAM);
        }
    }
}
