package io.github.captureproxy.examples.benchmark;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufUtil;
import io.netty.channel.ChannelHandlerContext;
import io.netty.handler.codec.http.HttpContent;
import io.netty.handler.codec.http.HttpObject;
import io.netty.handler.codec.http.HttpRequest;
import io.netty.handler.codec.http.HttpResponse;
import io.netty.handler.codec.http.LastHttpContent;
import java.util.ArrayList;
import java.util.List;
import org.littleshoot.proxy.HttpFilters;
import org.littleshoot.proxy.HttpFiltersAdapter;
import org.littleshoot.proxy.HttpFiltersSourceAdapter;

/** Keeps one exchange of LittleProxy: both heads as Netty has them, and a copy of both bodies up to a limit. */
final class KeepingFilters extends HttpFiltersAdapter {
    /** What this proxy keeps of a body by default. */
    private static final long MAX_BODY_BYTES =
            Math.min(8L << 20, Runtime.getRuntime().maxMemory() / 16);

    private final KeptExchanges kept;
    private final Body requestBody = new Body();
    private final Body responseBody = new Body();

    @SuppressWarnings("UnusedVariable") // kept for whoever would look at the exchange
    private HttpResponse response;

    private KeepingFilters(HttpRequest request, ChannelHandlerContext context, KeptExchanges kept) {
        super(request, context);
        this.kept = kept;
    }

    @Override
    public HttpResponse clientToProxyRequest(HttpObject part) {
        if (part instanceof HttpContent content) {
            requestBody.add(content.content());
        }
        return null;
    }

    @Override
    public HttpObject proxyToClientResponse(HttpObject part) {
        if (part instanceof HttpResponse head) {
            response = head;
        }
        if (part instanceof HttpContent content) {
            responseBody.add(content.content());
        }
        if (part instanceof LastHttpContent) {
            kept.add(this);
        }
        return part;
    }

    long bodyBytes() {
        return requestBody.size + responseBody.size;
    }

    /** Makes the filters of each request. */
    static final class Source extends HttpFiltersSourceAdapter {
        private final KeptExchanges kept;

        Source(KeptExchanges kept) {
            this.kept = kept;
        }

        @Override
        public HttpFilters filterRequest(HttpRequest request, ChannelHandlerContext context) {
            return new KeepingFilters(request, context, kept);
        }
    }

    /** The bytes of a body, as the pieces in which they came. */
    private static final class Body {
        private final List<byte[]> pieces = new ArrayList<>(1);
        private long size;

        void add(ByteBuf bytes) {
            int taken = (int) Math.min(bytes.readableBytes(), MAX_BODY_BYTES - size);
            if (taken > 0) {
                pieces.add(ByteBufUtil.getBytes(bytes, bytes.readerIndex(), taken));
                size += taken;
            }
        }
    }
}
