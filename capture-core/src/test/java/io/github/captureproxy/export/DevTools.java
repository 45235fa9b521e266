package io.github.captureproxy.export;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse.BodyHandlers;
import java.net.http.WebSocket;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** The developer tools of Chromium, as a page of their own in a browser without a window. */
final class DevTools implements AutoCloseable {
    /** One that says nothing for so long hangs. */
    private static final int SECONDS = 60;

    private static final String PAGE = "devtools://devtools/bundled/devtools_app.html";
    private static final Pattern ENDPOINT = Pattern.compile("DevTools listening on ws://([^/]+)/.*");
    private static final Pattern PAGE_SOCKET = Pattern.compile("\"webSocketDebuggerUrl\": \"([^\"]+)\"");

    private final Process browser;
    private final Answers answers = new Answers();
    private final WebSocket socket;

    private DevTools(Process browser) throws Exception {
        this.browser = browser;
        HttpClient client = HttpClient.newHttpClient();
        URI open = URI.create("http://" + endpoint() + "/json/new?" + PAGE);
        String page = client.send(
                        HttpRequest.newBuilder(open)
                                .PUT(BodyPublishers.noBody())
                                .build(),
                        BodyHandlers.ofString())
                .body();
        Matcher found = PAGE_SOCKET.matcher(page);
        if (!found.find()) {
            throw new IOException("no page was opened: " + page);
        }
        this.socket = client.newWebSocketBuilder()
                .buildAsync(URI.create(found.group(1)), answers)
                .get(SECONDS, TimeUnit.SECONDS);
    }

    static DevTools start(Path home) throws Exception {
        ProcessBuilder builder = new ProcessBuilder(List.of(
                        "chromium",
                        "--headless=new",
                        "--no-sandbox",
                        "--disable-gpu",
                        "--disable-dev-shm-usage",
                        "--no-first-run",
                        "--disable-background-networking",
                        "--disable-component-update",
                        "--user-data-dir=" + home,
                        "--remote-debugging-port=0",
                        "about:blank"))
                .redirectErrorStream(true);
        builder.environment().put("TMPDIR", home.toString()); // It leaves a folder there.
        Process browser = builder.start();
        try {
            return new DevTools(browser);
        } catch (Exception e) {
            stop(browser);
            throw e;
        }
    }

    private String endpoint() throws IOException {
        BufferedReader said = new BufferedReader(new InputStreamReader(browser.getInputStream(), UTF_8));
        for (String line = said.readLine(); line != null; line = said.readLine()) {
            Matcher endpoint = ENDPOINT.matcher(line);
            if (endpoint.matches()) {
                return endpoint.group(1);
            }
        }
        throw new IOException("the browser ended without a word");
    }

    /** The protocol's answer to an expression, evaluated in the page of the tools, whose promise is waited for. */
    String evaluate(String quotedExpression) throws Exception {
        CompletableFuture<String> answer = answers.next();
        socket.sendText(
                        "{\"id\":1,\"method\":\"Runtime.evaluate\",\"params\":{\"awaitPromise\":true,\"returnByValue\":true,"
                                + "\"expression\":" + quotedExpression + "}}",
                        true)
                .get(SECONDS, TimeUnit.SECONDS);
        return answer.get(SECONDS, TimeUnit.SECONDS);
    }

    @Override
    public void close() throws Exception {
        socket.abort();
        stop(browser);
    }

    private static void stop(Process browser) throws InterruptedException {
        List<ProcessHandle> all = browser.descendants().toList();
        browser.destroyForcibly().waitFor(SECONDS, TimeUnit.SECONDS);
        all.forEach(ProcessHandle::destroyForcibly);
        for (ProcessHandle one : all) {
            one.onExit().orTimeout(SECONDS, TimeUnit.SECONDS).join();
        }
    }

    private static final class Answers implements WebSocket.Listener {
        private final StringBuilder text = new StringBuilder();
        private volatile CompletableFuture<String> next = new CompletableFuture<>();

        CompletableFuture<String> next() {
            next = new CompletableFuture<>();
            return next;
        }

        @Override
        public CompletionStage<?> onText(WebSocket socket, CharSequence data, boolean last) {
            text.append(data);
            if (last) {
                next.complete(text.toString());
                text.setLength(0);
            }
            socket.request(1);
            return CompletableFuture.completedFuture(null);
        }

        @Override
        public void onError(WebSocket socket, Throwable error) {
            next.completeExceptionally(error);
        }
    }
}
