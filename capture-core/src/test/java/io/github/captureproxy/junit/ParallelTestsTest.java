package io.github.captureproxy.junit;

import static io.github.captureproxy.history.ExchangeFilter.any;
import static org.assertj.core.api.Assertions.assertThat;

import io.github.captureproxy.CaptureProxy;
import io.github.captureproxy.history.History;
import io.github.captureproxy.testkit.Leaks;
import io.github.captureproxy.testkit.RecordingOrigin;
import io.github.captureproxy.testkit.Specimen;
import io.github.captureproxy.testkit.TestRun;
import java.io.IOException;
import java.time.Duration;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.RepeatedTest;
import org.junit.jupiter.api.RepetitionInfo;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Many tests of one class at once, each of which sees its own calls alone. For the full size: {@code
 * -Dcapture.parallel.tests=500 -Dcapture.parallel.runs=20}.
 */
class ParallelTestsTest {
    private static final int TESTS = Integer.getInteger("capture.parallel.tests", 100);
    private static final int RUNS = Integer.getInteger("capture.parallel.runs", 1);
    private static final int THREADS = 16;
    private static final Duration PATIENCE = Duration.ofSeconds(20);

    private static RecordingOrigin origin;

    @BeforeAll
    static void start() throws IOException {
        origin = RecordingOrigin.start();
        App.origin(origin);
    }

    @AfterAll
    static void stop() throws IOException {
        App.origin(null);
        origin.close();
    }

    @Test
    void eachOfManySeesItsOwnCalls() {
        for (int i = 0; i < RUNS; i++) {
            Leaks leaks = Leaks.since();
            OneProxyForEach.PORTS.clear();
            OneProxyForEach.MOST_AT_ONCE.set(0);

            TestRun run = TestRun.parallel(THREADS, OneProxyForEach.class, OneAfterTheOther.class);

            assertThat(run.failed()).isEmpty();
            assertThat(run.passed()).hasSize(TESTS + OneAfterTheOther.TESTS);
            assertThat(OneProxyForEach.MOST_AT_ONCE).hasValueGreaterThan(1);
            assertThat(leaks.await(PATIENCE))
                    .filteredOn(ParallelTestsTest::isOurs)
                    .isEmpty();
        }
    }

    /** The origin's own connections may take a moment longer, and the guard of this class looks at them. */
    private static boolean isOurs(String leak) {
        return leak.startsWith("thread capture-proxy") || leak.startsWith("file ");
    }

    @Specimen
    static class OneProxyForEach {
        @RegisterExtension
        static final CaptureProxyExtension EXTENSION =
                CaptureProxyExtension.builder().allowedHosts("127.0.0.1").build();

        private static final Set<Integer> PORTS = ConcurrentHashMap.newKeySet();
        private static final AtomicInteger AT_ONCE = new AtomicInteger();
        private static final AtomicInteger MOST_AT_ONCE = new AtomicInteger();

        static IntStream numbers() {
            return IntStream.range(0, TESTS);
        }

        @ParameterizedTest
        @MethodSource("numbers")
        void sees(int number, CaptureProxy proxy, History history) {
            MOST_AT_ONCE.accumulateAndGet(AT_ONCE.incrementAndGet(), Math::max);
            PORTS.add(proxy.port());
            App.call(proxy, "/hello?test=" + number);
            App.call(EXTENSION.proxy(), "/echo?test=" + number);

            assertThat(EXTENSION.history()).isSameAs(history);
            assertThat(history.snapshot())
                    .extracting(exchange -> exchange.request().target())
                    .containsExactly(origin.url("/hello?test=" + number), origin.url("/echo?test=" + number));
            AT_ONCE.decrementAndGet();
        }
    }

    /** Beside the other class, over one proxy of its own. */
    @Specimen
    @Execution(ExecutionMode.SAME_THREAD)
    static class OneAfterTheOther {
        static final int TESTS = 10;

        @RegisterExtension
        static final CaptureProxyExtension EXTENSION = new CaptureProxyExtension();

        private static CaptureProxy ofClass;

        @BeforeAll
        static void remember(CaptureProxy proxy) {
            ofClass = proxy;
        }

        @RepeatedTest(TESTS)
        void sees(RepetitionInfo repetition, History history) {
            App.call(ofClass, "/hello?test=" + repetition.getCurrentRepetition());

            assertThat(history.single(any()).request().query()).contains("test=" + repetition.getCurrentRepetition());
        }
    }
}
