package io.github.captureproxy.history;

import static java.util.concurrent.TimeUnit.SECONDS;
import static org.assertj.core.api.Assertions.assertThat;

import io.github.captureproxy.exchange.BodySource;
import io.github.captureproxy.exchange.CapturedBody;
import io.github.captureproxy.exchange.CapturedRequest;
import io.github.captureproxy.exchange.CapturedResponse;
import io.github.captureproxy.exchange.Exchange;
import io.github.captureproxy.exchange.HeaderList;
import io.github.captureproxy.exchange.HttpOrigin;
import java.io.ByteArrayInputStream;
import java.io.InputStream;
import java.util.ArrayList;
import java.util.Collections;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicInteger;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.Size;
import org.junit.jupiter.api.Test;

class SharedBodiesTest {
    private static final int BYTES = 5_000;

    private final List<Source> sources =
            List.of(new Source(true), new Source(true), new Source(true), new Source(false), new Source(false));

    @Property(tries = 200)
    void eachSharedBodyCountsOnceAsLongAsAnExchangeHasIt(
            @ForAll @Size(max = 300) List<@IntRange(max = 624) Integer> kinds,
            @ForAll @IntRange(min = 1, max = 100) int most,
            @ForAll @IntRange(min = 1, max = 1_000_000) int mostBytes,
            @ForAll @IntRange(max = 300) int cleared) {
        History history = History.withLimits(
                HistoryLimits.defaults().withMaxExchanges(most).withMaxBytes(mostBytes));
        for (int i = 0; i < kinds.size(); i++) {
            if (i == cleared) {
                history.clear();
            }
            history.add(exchange(kinds.get(i)));

            assertThat(history.counts().bytesHeld()).isEqualTo(naively(history.snapshot()));
            assertThat(history.counts().bytesHeld() <= mostBytes || history.size() == 1)
                    .isTrue();
        }
    }

    @Test
    void aBodyIsAskedForItsWeightWhileOthersUseTheHistory() {
        History history = History.withLimits(HistoryLimits.defaults().withMaxExchanges(1));
        AtomicInteger asked = new AtomicInteger();
        Source source = new Source(true) {
            @Override
            public long memoryBytes() {
                asked.incrementAndGet();
                return BYTES
                        + CompletableFuture.supplyAsync(history::size)
                                .orTimeout(20, SECONDS)
                                .join();
            }
        };

        history.add(Samples.answered("/", 200, HeaderList.empty(), body(source)));
        history.add(Samples.get("/"));

        assertThat(asked.get()).isPositive();
        assertThat(history.counts().bytesHeld()).isEqualTo(Weight.OF_EACH);
    }

    /** The sum over all that is in memory. */
    private static long naively(List<Exchange> held) {
        Set<BodySource> shared = Collections.newSetFromMap(new IdentityHashMap<>());
        long sum = 0;
        for (Exchange exchange : held) {
            Set<BodySource> own = Collections.newSetFromMap(new IdentityHashMap<>());
            List<BodySource> all = new ArrayList<>();
            all.add(exchange.request().body().source());
            all.add(exchange.response().orElseThrow().body().source());
            exchange.sentRequest().ifPresent(it -> all.add(it.body().source()));
            exchange.originResponse().ifPresent(it -> all.add(it.body().source()));
            sum += Weight.OF_EACH;
            for (BodySource body : all) {
                boolean counts = body.isShared() ? shared.add(body) : own.add(body);
                sum += counts ? body.memoryBytes() : 0;
            }
        }
        return sum;
    }

    /** An exchange with four bodies, which a number below 625 picks. */
    private Exchange exchange(int kind) {
        CapturedRequest request = request(sources.get(kind % 5));
        // Without being shared, a body is only ever the same within one message's versions.
        return Exchange.builder(1, Samples.CLIENT, request)
                .response(response(shared(kind / 5)))
                .sentRequest(request(sources.get(kind / 25 % 5)))
                .originResponse(response(shared(kind / 125)))
                .build();
    }

    private Source shared(int kind) {
        return sources.get(kind % 3);
    }

    private static CapturedRequest request(Source source) {
        return new CapturedRequest(
                "POST",
                "/",
                "HTTP/1.1",
                new HttpOrigin("https", "shop.example", 8443),
                HeaderList.empty(),
                body(source),
                HeaderList.empty());
    }

    private static CapturedResponse response(Source source) {
        return new CapturedResponse(200, "", "HTTP/1.1", HeaderList.empty(), body(source), HeaderList.empty());
    }

    private static CapturedBody body(Source source) {
        return CapturedBody.of(source, BYTES, true, null, HeaderList.empty());
    }

    /** One that is shared or not. */
    private static class Source implements BodySource {
        private final boolean shared;

        Source(boolean shared) {
            this.shared = shared;
        }

        @Override
        public boolean isShared() {
            return shared;
        }

        @Override
        public long length() {
            return BYTES;
        }

        @Override
        public InputStream open() {
            return new ByteArrayInputStream(new byte[BYTES]);
        }
    }
}
