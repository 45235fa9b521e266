package io.github.captureproxy.examples.inspector;

import io.github.captureproxy.examples.store.StoreException;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.ByteBuffer;
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
        String path = request.getHttpURI().getPath();
        Optional<Reply> toAnybody = withoutKey(request, path);
        if (toAnybody.isPresent()) {
            if (toAnybody.get().status() == 200 && Assets.isOfThisRun(path)) {
                guard.letKeep(response);
            }
            writeAtOnce(toAnybody.get(), response, callback);
        } else if (path.equals("/api/events")) {
            events.serve(request, response, callback);
        } else {
            write(reply(request, path), response, callback);
        }
        return true;
    }

    /**
     * What is answered to who has no key: such a request must not hold a thread, so its body is never read and nobody waits
     * until it takes its answer. Empty for a call that has one.
     */
    private Optional<Reply> withoutKey(Request request, String path) {
        Optional<String> refusal = guard.refusal(request);
        if (refusal.isPresent()) {
            return Optional.of(Reply.refused(403, refusal.get()));
        }
        if (!path.startsWith("/api/")) {
            return Optional.of(
                    HttpMethod.GET.is(request.getMethod())
                            ? Assets.find(path).orElse(Reply.refused(404, "there is no such page"))
                            : Reply.refused(405, "files can only be read"));
        }
        if (path.equals("/api/key")) {
            return Optional.of(key(request));
        }
        boolean known = bearer(request).filter(keys::isGood).isPresent();
        return known
                ? Optional.empty()
                : Optional.of(Reply.refused(401, "open the page by the link that the program prints"));
    }

    /** Trades a token for a key. */
    private Reply key(Request request) {
        if (!HttpMethod.POST.is(request.getMethod())) {
            return Reply.refused(405, "POST with the token");
        }
        return bearer(request)
                .flatMap(keys::redeem)
                .map(key -> Reply.json(Map.of("key", key)))
                .orElse(Reply.refused(
                        401, "this link was used or has expired: press Enter in the terminal for a new link"));
    }

    /** The token or key that a request shows. */
    private static Optional<String> bearer(Request request) {
        return Optional.ofNullable(request.getHeaders().get(HttpHeader.AUTHORIZATION))
                .filter(authorization -> authorization.startsWith(BEARER))
                .map(authorization -> authorization.substring(BEARER.length()));
    }

    private Reply reply(Request request, String path) throws InterruptedException {
        Optional<Routes.Match> match = routes.find(request.getMethod(), path);
        if (match.isEmpty()) {
            return Reply.refused(404, "there is no such call");
        }
        Call call = new Call(request, match.get().path());
        try {
            return match.get().endpoint().answer(call);
        } catch (RefusedException e) {
            return Reply.refused(e.status(), String.valueOf(e.getMessage()));
        } catch (StoreException e) {
            LOG.warn("{} {}: {}", request.getMethod(), path, e.getMessage());
            RefusedException refused = RefusedException.of("", e);
            return Reply.refused(refused.status(), String.valueOf(refused.getMessage()));
        } catch (IOException | RuntimeException e) {
            if (call.isCutOff()) { // nothing of the program's own failed
                LOG.debug("{} {} came only in part", request.getMethod(), path, e);
                return Reply.refused(400, "this came only in part");
            }
            LOG.warn("{} {} failed", request.getMethod(), path, e);
            return Reply.refused(500, "the program failed at this: " + e.getMessage());
        }
    }

    private static void writeAtOnce(Reply reply, Response response, Callback callback) throws IOException {
        ByteArrayOutputStream body = new ByteArrayOutputStream();
        reply.body().writeTo(body);
        head(reply, response);
        response.write(true, ByteBuffer.wrap(body.toByteArray()), callback);
    }

    private static void write(Reply reply, Response response, Callback callback) {
        head(reply, response);
        try (OutputStream out = Content.Sink.asOutputStream(response)) {
            reply.body().writeTo(out);
        } catch (IOException e) { // the browser has gone, or what is read has failed: the answer ends short
            callback.failed(e);
            return;
        }
        callback.succeeded();
    }

    private static void head(Reply reply, Response response) {
        response.setStatus(reply.status());
        BiConsumer<HttpHeader, String> header =
                (name, value) -> response.getHeaders().put(name, value);
        if (!reply.type().isEmpty()) {
            header.accept(HttpHeader.CONTENT_TYPE, reply.type());
        }
        reply.fileName().ifPresent(name -> header.accept(HttpHeader.CONTENT_DISPOSITION, FileName.attachment(name)));
    }
}
