package io.github.captureproxy.exchange;

import io.github.captureproxy.internal.coding.GrpcFields;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import org.jspecify.annotations.Nullable;

/**
 * An exchange seen as a gRPC call ("gRPC over HTTP2"): its messages, and what its fields say, without the schema. A view
 * over the exchange's request and response: immutable, safe for any thread, and made without reading a body.
 */
public final class GrpcCall {
    /**
     * The most messages that are split off a body. A message takes a few dozen bytes in a list, so that one of many
     * empty messages stays below 20 MB.
     */
    public static final int MAX_MESSAGES = 100_000;

    private final CapturedRequest request;
    private final @Nullable CapturedResponse response;

    private GrpcCall(CapturedRequest request, @Nullable CapturedResponse response) {
        this.request = request;
        this.response = response;
    }

    /** The call that an exchange is, if its request's content type is gRPC's. */
    static Optional<GrpcCall> of(CapturedRequest request, @Nullable CapturedResponse response) {
        return isGrpc(request.headers()) ? Optional.of(new GrpcCall(request, response)) : Optional.empty();
    }

    /** {@code application/grpc}, also with a {@code +} and a format; gRPC-Web frames its trailers differently. */
    private static boolean isGrpc(HeaderList headers) {
        return headers.first("content-type")
                .flatMap(MediaType::parse)
                .filter(type -> type.type().equals("application"))
                .filter(type -> type.subtype().equals("grpc") || type.subtype().startsWith("grpc+"))
                .isPresent();
    }

    /**
     * The service that was called.
     *
     * @return such as {@code shop.Orders}: the path up to its last slash; empty if the path is not a service's and a
     *     method's
     */
    public String service() {
        String path = request.path();
        int slash = path.lastIndexOf('/');
        return slash < 1 ? "" : path.substring(1, slash);
    }

    /**
     * The method that was called.
     *
     * @return such as {@code Create}: the path behind its last slash
     */
    public String method() {
        String path = request.path();
        return path.substring(path.lastIndexOf('/') + 1);
    }

    /**
     * The messages that the client sent. The list is made anew at each call: their prefixes are read from the captured
     * body, in memory or in a file, and the bytes between them are not. A body's own content coding, which gRPC does not
     * use, is not undone.
     *
     * <p>Of a body that was cut or is incomplete, the messages of its captured beginning: the last one may not be
     * {@linkplain GrpcMessage#isWhole() whole}, and one that was cut within its prefix is not there. The list ends
     * where a prefix breaks the rules: with a flag that is neither 0 nor 1, or, as a message that is not whole, with a
     * length that goes past the body's end. {@code request().body()} has all of it.
     *
     * @return the messages in order, at most {@link #MAX_MESSAGES}
     * @throws java.io.UncheckedIOException if the file that held the body is gone or cannot be read
     */
    public List<GrpcMessage> requestMessages() {
        return GrpcMessage.split(request.body(), requestEncoding().orElse(null), MAX_MESSAGES);
    }

    /**
     * The messages that the server sent, under the rules of {@link #requestMessages()}.
     *
     * @return the messages in order, at most {@link #MAX_MESSAGES}; empty if there is no response, or if it is not gRPC,
     *     such as an error page
     * @throws java.io.UncheckedIOException if the file that held the body is gone or cannot be read
     */
    public List<GrpcMessage> responseMessages() {
        if (response == null || !isGrpc(response.headers())) {
            return List.of();
        }
        return GrpcMessage.split(response.body(), responseEncoding().orElse(null), MAX_MESSAGES);
    }

    /**
     * The call's status: the {@code grpc-status} of the trailers, or of the header fields where the server sent nothing
     * else (Trailers-Only).
     *
     * @return the code, if one came and is a number; 0 is success
     */
    public OptionalInt status() {
        Optional<String> sent = closing("grpc-status");
        return sent.isPresent() ? GrpcFields.status(sent.get()) : OptionalInt.empty();
    }

    /**
     * The status code's name.
     *
     * @return such as {@code OK} or {@code NOT_FOUND}, or the number itself of a code that gRPC does not name; empty if
     *     {@link #status()} is
     */
    public Optional<String> statusName() {
        OptionalInt code = status();
        return code.isPresent() ? Optional.of(GrpcFields.statusName(code.getAsInt())) : Optional.empty();
    }

    /**
     * What the server said of the status: the {@code grpc-message} field, percent-decoded. A percent sign without two
     * hex digits stays as it is, and so does a value that does not decode to UTF-8.
     *
     * @return the message, if there is one
     */
    public Optional<String> message() {
        return closing("grpc-message").map(GrpcFields::message);
    }

    /**
     * What compressed messages of the client are compressed with.
     *
     * @return the request's {@code grpc-encoding}, such as {@code gzip}, if there is one
     */
    public Optional<String> requestEncoding() {
        return request.headers().first("grpc-encoding");
    }

    /**
     * What compressed messages of the server are compressed with.
     *
     * @return the response's {@code grpc-encoding}, such as {@code gzip}, if there is one
     */
    public Optional<String> responseEncoding() {
        return response == null ? Optional.empty() : response.headers().first("grpc-encoding");
    }

    /**
     * How long the client was going to wait.
     *
     * @return the time of the request's {@code grpc-timeout}, if there is one and it can be read; no limit otherwise
     */
    public Optional<Duration> timeout() {
        return request.headers().first("grpc-timeout").flatMap(GrpcFields::timeout);
    }

    private Optional<String> closing(String name) {
        return response == null
                ? Optional.empty()
                : response.trailers().first(name).or(() -> response.headers().first(name));
    }

    /** Service, method and status; nothing of the messages. */
    @Override
    public String toString() {
        return service() + "/" + method() + statusName().map(name -> " " + name).orElse(" without a status");
    }
}
