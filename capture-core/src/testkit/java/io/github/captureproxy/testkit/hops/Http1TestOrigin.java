package io.github.captureproxy.testkit.hops;

import io.github.captureproxy.exchange.HeaderList;
import io.github.captureproxy.testkit.RawSocket;
import java.io.IOException;
import java.util.concurrent.CountDownLatch;
import java.util.function.Consumer;
import java.util.function.IntSupplier;

/** A connection of an origin that speaks HTTP/1.1: one exchange after another, each on whichever thread takes it. */
final class Http1TestOrigin implements Runnable {
    private final RawSocket socket;
    private final RawSocket carrier;
    private final IntSupplier numbers;
    private int number;
    private final Consumer<OriginExchange> taker;

    Http1TestOrigin(RawSocket socket, RawSocket carrier, IntSupplier numbers, Consumer<OriginExchange> taker) {
        this.socket = socket;
        this.carrier = carrier;
        this.numbers = numbers;
        this.taker = taker;
    }

    @Override
    public void run() {
        try (socket) {
            while (true) {
                Http1Half.Head head = Http1Half.Head.of(socket);
                if (head.line().startsWith("PRI ")) {
                    return; // as most origins that know no HTTP/2
                }
                number = number == 0 ? numbers.getAsInt() : number;
                Exchange exchange = new Exchange(head);
                taker.accept(exchange);
                exchange.over.await();
            }
        } catch (IOException e) {
            // the connection has ended, which whoever is within an exchange sees
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    /** One exchange. The next begins when its response has been sent and its request has been received. */
    private final class Exchange extends Http1Half implements OriginExchange {
        final CountDownLatch over = new CountDownLatch(1);
        private final TestRequest request;
        private final Http1Content received;
        private boolean closes;
        private boolean answered;

        Exchange(Head head) {
            super(Http1TestOrigin.this.socket, carrier);
            String[] line = head.line().split(" ", -1);
            request = new TestRequest(line[0], head.all().first("host").orElse(""), line[1], head.fields());
            received = Http1Content.ofRequest(socket, head.all());
            content = received;
        }

        @Override
        public TestRequest request() {
            return request;
        }

        @Override
        public void interim(TestResponse head) throws IOException {
            socket.send(head(line(head), head.fields(), false));
        }

        @Override
        public void respond(TestResponse head) throws IOException {
            socket.send(head(line(head), head.fields(), true));
        }

        @Override
        public void respondEmpty(TestResponse head) throws IOException {
            boolean known = request.method().equals("HEAD") || head.status() == 204 || head.status() == 304;
            boolean silent = known || head.fields().has("content-length");
            socket.send(head(line(head) + (silent ? "" : "\r\nContent-Length: 0"), head.fields(), false));
            answered();
        }

        private String line(TestResponse head) {
            return "HTTP/1.1 " + head.status() + " Any";
        }

        @Override
        public void end(HeaderList trailers) throws IOException {
            super.end(trailers);
            answered();
        }

        private synchronized void answered() throws IOException {
            answered = true;
            if (received.isEnded()) {
                over();
            }
        }

        @Override
        public Ending rest() throws IOException {
            Ending ending = super.rest();
            received();
            return ending;
        }

        private synchronized void received() throws IOException {
            if (answered) {
                over();
            }
        }

        private void over() throws IOException {
            if (closes) {
                socket.close();
            }
            over.countDown();
        }

        @Override
        public void garble() throws IOException {
            socket.send("HTTP/1.1 abc\r\n\r\n");
        }

        @Override
        public synchronized void goAway() {
            closes = true;
        }

        @Override
        public void abort(long code) throws IOException {
            super.abort(code);
            over.countDown();
        }

        @Override
        public void breakConnection() throws IOException {
            super.breakConnection();
            over.countDown();
        }

        @Override
        public int connection() {
            return number;
        }
    }
}
