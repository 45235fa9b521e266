package io.github.captureproxy.testkit.hops;

import io.github.captureproxy.exchange.Header;
import io.github.captureproxy.exchange.HeaderList;
import io.github.captureproxy.testkit.RawSocket;
import io.github.captureproxy.testkit.http2.ErrorCode;
import io.github.captureproxy.testkit.http2.Http2Frame;
import io.github.captureproxy.testkit.http2.RawHttp2Connection;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;

/** A connection of an origin that speaks HTTP/2: any number of exchanges, each on whichever thread takes it. */
final class Http2TestOrigin {
    private final Http2Wire wire;
    private final int number;
    private final Consumer<OriginExchange> taker;

    Http2TestOrigin(RawHttp2Connection connection, RawSocket carrier, int number, Consumer<OriginExchange> taker) {
        this.wire = new Http2Wire(connection, carrier, this::opened);
        this.number = number;
        this.taker = taker;
    }

    Http2Wire wire() {
        return wire;
    }

    private Http2Half opened(int stream) {
        return new Exchange(stream);
    }

    /** One stream. */
    private final class Exchange extends Http2Half implements OriginExchange {
        private TestRequest request = new TestRequest("", "", "", HeaderList.empty());
        private boolean begun;

        Exchange(int stream) {
            super(Http2TestOrigin.this.wire, stream);
        }

        @Override
        void received(Http2Event event) {
            super.received(event);
            if (!begun && event instanceof Http2Event.Block head) {
                begun = true;
                begin(head.fields());
                taker.accept(this);
            }
        }

        private void begin(List<Header> fields) {
            try {
                block();
            } catch (IOException e) {
                throw new IllegalStateException("the block is there", e);
            }
            request = new TestRequest(
                    pseudo(fields, ":method"), pseudo(fields, ":authority"), pseudo(fields, ":path"), regular(fields));
        }

        @Override
        public TestRequest request() {
            return request;
        }

        @Override
        public void interim(TestResponse head) throws IOException {
            send(head, false);
        }

        @Override
        public void respond(TestResponse head) throws IOException {
            send(head, false);
        }

        @Override
        public void respondEmpty(TestResponse head) throws IOException {
            send(head, true);
        }

        @Override
        public void respondEmptyInTwo(TestResponse head) throws IOException {
            send(head, false);
            end();
        }

        private void send(TestResponse head, boolean ends) throws IOException {
            List<Header> fields = new ArrayList<>(List.of(new Header(":status", String.valueOf(head.status()))));
            fields.addAll(lowered(head.fields()));
            wire.sendBlock(stream(), fields, ends);
        }

        @Override
        public void garble() throws IOException {
            wire.sendBlock(stream(), List.of(new Header("x", "no status")), false);
        }

        @Override
        public void goAway() throws IOException {
            wire.connection.send(Http2Frame.goAway(stream(), ErrorCode.NO_ERROR));
        }

        @Override
        public int connection() {
            return number;
        }
    }
}
