package io.github.captureproxy.tls.load;

import java.io.IOException;
import java.net.Socket;
import java.util.List;
import java.util.function.Supplier;
import org.apache.hc.core5.http.Header;

/** A client's connection: as many streams at once as it is told, one plan after another until there are no more. */
final class StreamClient extends FrameLink {
    private final StreamLedger ledger;
    private final String authority;
    private final Supplier<StreamPlan> plans;
    private int nextId = 1;
    private int open;

    /** The plans' end is null. */
    StreamClient(Socket socket, StreamLedger ledger, String authority, Supplier<StreamPlan> plans) throws IOException {
        super(socket, "stream-client");
        this.ledger = ledger;
        this.authority = authority;
        this.plans = plans;
    }

    void run(int atOnce) {
        turn(() -> {
            for (int i = 0; i < atOnce; i++) {
                next();
            }
        });
    }

    private void next() throws IOException {
        StreamPlan plan = plans.get();
        if (plan == null) {
            return;
        }
        open++;
        End end = new End(this, nextId, plan);
        nextId += 2;
        add(end);
        end.ask();
    }

    @Override
    StreamEnd opened(int id, List<Header> fields) {
        if (id >= nextId || id % 2 == 0) {
            broken("fields on stream " + id);
        }
        return null; // of one that this end has reset
    }

    @Override
    void ended(StreamEnd stream) {
        open--;
        ledger.clientDone(stream.plan());
        turn(this::next);
    }

    @Override
    void broken(String what) {
        ledger.wrong("a client's connection with " + open + " open streams: " + what);
    }

    /** The client's end of a stream. */
    private final class End extends StreamEnd {
        End(FrameLink link, int id, StreamPlan plan) {
            super(link, id, plan, true);
        }

        void ask() throws IOException {
            String number = Integer.toString(plan().ordinal());
            String method = plan().isBare() ? "GET" : "POST";
            boolean stated = sometimes() && !plan().isBare();
            sendFields(
                    id(),
                    plan().isBare(),
                    ":method",
                    method,
                    ":scheme",
                    "https",
                    ":authority",
                    authority,
                    ":path",
                    "/" + number,
                    stated ? "content-length" : "x-nothing",
                    Integer.toString(plan().request().size()));
            if (plan().isBare()) {
                endedWithHead();
            }
            if (!isCut()) {
                pump();
            }
        }

        @Override
        void head(List<Header> fields) {
            check(fields, "x-number");
        }

        @Override
        boolean mayBegin() {
            return true;
        }

        @Override
        boolean mayEnd() {
            return true;
        }

        @Override
        boolean cuts() {
            return plan().ending() == Ending.CLIENT_RESETS;
        }

        @Override
        void resetSeen(long code) {
            if (!isRemoteEnded()) {
                ledger.clientSawReset(plan(), code);
            } else if (code != 0) {
                wrong("reset with " + code + " after the whole response");
            }
        }

        @Override
        void wrong(String what) {
            ledger.wrong("the client of " + plan() + ": " + what);
        }

        @Override
        boolean sendsTrailers() {
            return plan().hasRequestTrailers();
        }

        @Override
        boolean expectsTrailers() {
            return plan().hasResponseTrailers();
        }
    }
}
