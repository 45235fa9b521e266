package io.github.captureproxy.examples.inspector;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.mockito.ArgumentMatchers.any;
import static org.mockito.ArgumentMatchers.anyBoolean;
import static org.mockito.ArgumentMatchers.eq;
import static org.mockito.Mockito.doAnswer;
import static org.mockito.Mockito.mock;
import static org.mockito.Mockito.verify;
import static org.mockito.Mockito.when;

import io.github.captureproxy.testkit.RawSocket;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.eclipse.jetty.http.HttpField;
import org.eclipse.jetty.http.HttpFields;
import org.eclipse.jetty.http.HttpHeader;
import org.eclipse.jetty.http.HttpURI;
import org.eclipse.jetty.server.Request;
import org.eclipse.jetty.server.Response;
import org.eclipse.jetty.util.Callback;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What other programs of this machine can do to the page: not hold it up, and not fill the terminal. */
@Timeout(60)
class StrangersTest {
    /** More than the server has threads. */
    private static final int CONNECTIONS = 60;

    private final List<RawSocket> open = new ArrayList<>();
    private final CountDownLatch cutOff = new CountDownLatch(1);
    private InspectorServer server;
    private PageClient page;

    @BeforeEach
    void start() throws IOException {
        Routes routes = new Routes()
                .on("GET", "/api/secret", call -> Reply.json(Map.of("secret", "s3cret")))
                .on("POST", "/api/read", call -> {
                    try {
                        return Reply.json(call.json());
                    } finally {
                        cutOff.countDown();
                    }
                });
        server = InspectorServer.start(0, routes, new Events());
        page = PageClient.open(server.newLink(() -> {}));
    }

    @AfterEach
    void stop() throws IOException {
        for (RawSocket socket : open) {
            socket.close();
        }
        server.close();
    }

    private String head(String line, String fields) {
        return line + " HTTP/1.1\r\nHost: 127.0.0.1:" + server.address().getPort() + "\r\n" + fields + "\r\n";
    }

    @ParameterizedTest
    @ValueSource(strings = {"/api/key", "/api/secret", "/app.js"})
    void aBodyThatNeverComesHoldsNoThread(String path) throws IOException {
        for (int i = 0; i < CONNECTIONS; i++) {
            open.add(RawSocket.connect(server.address()).send(head("POST " + path, "Content-Length: 9\r\n") + "{"));
        }
        for (RawSocket socket : open) {
            assertThat(socket.readHead()).startsWith("HTTP/1.1 40");
        }
        assertThat(page.get("/api/secret").body()).contains("s3cret");
    }

    @Test
    void anAnswerThatIsNotTakenHoldsNoThread() throws Exception {
        Request request = mock(Request.class);
        when(request.getMethod()).thenReturn("GET");
        when(request.getHttpURI()).thenReturn(HttpURI.from("http://127.0.0.1:80/app.js"));
        when(request.getHeaders()).thenReturn(HttpFields.from(new HttpField(HttpHeader.HOST, "127.0.0.1:80")));
        Response response = mock(Response.class);
        when(response.getHeaders()).thenReturn(HttpFields.build());
        AtomicInteger writes = new AtomicInteger();
        doAnswer(
                        call -> { // the whole is taken, and never said to be sent; of a part somebody waits for the end
                            if (writes.getAndIncrement() > 0 || !call.getArgument(0, Boolean.class)) {
                                call.getArgument(2, Callback.class).failed(new IOException("not whole"));
                            }
                            return null;
                        })
                .when(response)
                .write(anyBoolean(), any(), any());
        Dispatch dispatch = new Dispatch(new Guard(80, ""), new Keys(), new Routes(), new Events());

        assertThat(dispatch.handle(request, response, Callback.NOOP)).isTrue();

        verify(response).setStatus(200);
        verify(response).write(eq(true), any(), any());
        assertThat(writes).hasValue(1);
    }

    @Test
    void aClientThatGoesAwayInTheMiddleLeavesNothingInTheTerminal() throws Exception {
        PrintStream terminal = System.err;
        ByteArrayOutputStream seen = new ByteArrayOutputStream();
        System.setErr(new PrintStream(seen, true, UTF_8));
        try {
            RawSocket.connect(server.address())
                    .send(head("POST /api/read", "Authorization: Bearer " + page.key() + "\r\nContent-Length: 9\r\n")
                            + "{")
                    .close();
            assertThat(cutOff.await(10, TimeUnit.SECONDS)).isTrue();
            server.close(); // its threads have said what they had to
        } finally {
            System.setErr(terminal);
        }
        assertThat(seen.toString(UTF_8)).isEmpty();
    }
}
