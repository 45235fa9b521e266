package io.github.captureproxy.examples.inspector;

import io.github.captureproxy.examples.store.StoreException;
import java.io.IOException;
import java.io.OutputStream;
import java.util.Map;
import java.util.Optional;
import java.util.function.BiConsumer;
import org.eclipse.jetty.http.HttpHeader;
import org.eclipse.jetty.http.HttpMethod;
import org.eclipse.jetty.io.Content;
import org.eclipse.jetty.server.Handler;
import org.eclipse.jetty.server.Request;
import org.eclipse.jetty.server.Response;
import org.eclipse.jetty.util.Callback;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Hands each request to whoever answers it: the page's files to anyone here, the rest only to who has a key. */
final class Dispatch extends Handler.Abstract {
    private static final Logger LOG = LoggerFactory.getLogger(Dispatch.class);
    private static final String BEARER = "Bearer ";
    /** What a token needs in JSON, and more: anyone here can send it. */
    private static final int MAX_TOKEN = 4096;

    private final Guard guard;
    private final Keys keys;
    private final Routes routes;
    private final Events events;

    Dispatch(Guard guard, Keys keys, Routes routes, Events events) {
        this.guard = guard;
        this.keys = keys;
        this.routes = routes;
        this.events = events;
    }

    @Override
    public boolean handle(Request request, Response response, Callback callback) throws Exception {
        guard.protect(response);
        Optional<String> refusal = guard.refusal(request);
        if (refusal.isPresent()) {
            write(Reply.refused(403, refusal.get()), response, callback);
            return true;
        }
        String path = request.getHttpURI().getPath();
        if (path.equals("/api/events") && isKnown(request)) {
            events.serve(response, callback);
            return true;
        }
        write(reply(request, path), response, callback);
        return true;
    }

    private Reply reply(Request request, String path) throws InterruptedException {
        try {
            if (!path.startsWith("/api/")) {
                return HttpMethod.GET.is(request.getMethod())
                        ? Assets.find(path).orElse(Reply.refused(404, "there is no such page"))
                        : Reply.refused(405, "files can only be read");
            }
            if (path.equals("/api/key")) {
                return key(request);
            }
            if (!isKnown(request)) {
                return Reply.refused(401, "open the page by the link that the program prints");
            }
            Optional<Routes.Match> match = routes.find(request.getMethod(), path);
            return match.isPresent()
                    ? match.get()
                            .endpoint()
                            .answer(new Call(request, match.get().path()))
                    : Reply.refused(404, "there is no such call");
        } catch (RefusedException e) {
            return Reply.refused(e.status(), String.valueOf(e.getMessage()));
        } catch (StoreException e) {
            LOG.warn("{} {}: {}", request.getMethod(), path, e.getMessage());
            RefusedException refused = RefusedException.of("", e);
            return Reply.refused(refused.status(), String.valueOf(refused.getMessage()));
        } catch (IOException | RuntimeException e) {
            LOG.warn("{} {} failed", request.getMethod(), path, e);
            return Reply.refused(500, "the program failed at this: " + e.getMessage());
        }
    }

    /** Trades a token for a key. */
    private Reply key(Request request) throws IOException {
        if (!HttpMethod.POST.is(request.getMethod())) {
            return Reply.refused(405, "POST the token");
        }
        String token = new Call(request, Map.of()).json(MAX_TOKEN).path("token").asText();
        return keys.redeem(token)
                .map(key -> Reply.json(Map.of("key", key)))
                .orElse(Reply.refused(
                        401, "this link was used or has expired: press Enter in the terminal for a new link"));
    }

    private boolean isKnown(Request request) {
        String authorization = request.getHeaders().get(HttpHeader.AUTHORIZATION);
        return authorization != null
                && authorization.startsWith(BEARER)
                && keys.isGood(authorization.substring(BEARER.length()));
    }

    private static void write(Reply reply, Response response, Callback callback) {
        response.setStatus(reply.status());
        BiConsumer<HttpHeader, String> header =
                (name, value) -> response.getHeaders().put(name, value);
        if (!reply.type().isEmpty()) {
            header.accept(HttpHeader.CONTENT_TYPE, reply.type());
        }
        reply.fileName().ifPresent(name -> header.accept(HttpHeader.CONTENT_DISPOSITION, FileName.attachment(name)));
        try (OutputStream out = Content.Sink.asOutputStream(response)) {
            reply.body().writeTo(out);
        } catch (IOException e) { // the browser has gone, or what is read has failed: the answer ends short
            callback.failed(e);
            return;
        }
        callback.succeeded();
    }
}
