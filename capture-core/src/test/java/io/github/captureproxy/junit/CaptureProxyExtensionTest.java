package io.github.captureproxy.junit;

import static io.github.captureproxy.history.ExchangeFilter.path;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowable;

import io.github.captureproxy.CaptureProxy;
import io.github.captureproxy.history.ExchangeFilter;
import io.github.captureproxy.history.History;
import io.github.captureproxy.history.HistoryLimits;
import io.github.captureproxy.testkit.RawOrigin;
import io.github.captureproxy.testkit.RawSocket;
import io.github.captureproxy.testkit.RecordingOrigin;
import io.github.captureproxy.testkit.Script;
import io.github.captureproxy.testkit.Specimen;
import io.github.captureproxy.testkit.TestRun;
import java.io.IOException;
import java.net.ConnectException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ProxySelector;
import java.net.URI;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import javax.net.ssl.SSLContext;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.MethodOrderer;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.RepeatedTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.TestMethodOrder;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Where the extension can stand, and what each test has of it. */
class CaptureProxyExtensionTest {
    /** The proxies' ports, as the specimens met them. */
    private static final List<Integer> PORTS = new CopyOnWriteArrayList<>();

    private RecordingOrigin origin;

    @BeforeEach
    void start() throws IOException {
        origin = RecordingOrigin.start();
        App.origin(origin);
        PORTS.clear();
    }

    @AfterEach
    void stop() throws IOException {
        App.origin(null);
        origin.close();
    }

    private static void callAndSeeItAlone(CaptureProxy proxy, History history, String path) {
        assertThat(history.isEmpty()).isTrue();
        App.call(proxy, path);
        assertThat(history.snapshot())
                .singleElement()
                .satisfies(exchange -> assertThat(exchange.request().path()).isEqualTo(path));
        PORTS.add(proxy.port());
    }

    private static void assertAllPassed(TestRun run, int tests) {
        assertThat(run.failed()).isEmpty();
        assertThat(run.passed()).hasSize(tests);
    }

    @Test
    void aStaticOneHasOneProxyForAllTestsAndNestedClasses() {
        assertAllPassed(TestRun.of(Shared.class), 8);

        assertThat(Set.copyOf(PORTS)).hasSize(1);
        assertThatThrownBy(() -> App.call(new InetSocketAddress(InetAddress.getLoopbackAddress(), PORTS.get(0)), "/"))
                .hasRootCauseInstanceOf(ConnectException.class);
    }

    @Test
    void aTestsHistoryHasTheLimitsThatTheProxyWasGiven() {
        assertAllPassed(TestRun.of(Limited.class), 1);
    }

    @Specimen
    static class Limited {
        @RegisterExtension
        static final CaptureProxyExtension EXTENSION = CaptureProxyExtension.builder()
                .proxy(proxy -> proxy.history(HistoryLimits.defaults().withMaxExchanges(1)))
                .build();

        @Test
        void twoCalls(CaptureProxy proxy, History history) {
            App.call(proxy, "/one");
            App.call(proxy, "/two");
            assertThat(history.snapshot())
                    .singleElement()
                    .satisfies(last -> assertThat(last.request().path()).isEqualTo("/two"));
        }
    }

    @Specimen
    static class Shared {
        @RegisterExtension
        static final CaptureProxyExtension EXTENSION = new CaptureProxyExtension();

        @BeforeAll
        static void before(CaptureProxy proxy, History history) {
            callAndSeeItAlone(proxy, history, "/before-all");
            assertThat(EXTENSION.proxy()).isSameAs(proxy);
        }

        @BeforeEach
        void beforeEach(History history) {
            assertThat(history.isEmpty()).isTrue();
        }

        @Test
        void oneCall(CaptureProxy proxy, History history) {
            callAndSeeItAlone(proxy, history, "/one");
        }

        @Test
        void anotherCallBesideTheParameters() {
            callAndSeeItAlone(EXTENSION.proxy(), EXTENSION.history(), "/two");
        }

        @Test
        void theSelectorNamesTheProxy(CaptureProxy proxy, ProxySelector selector) {
            assertThat(selector.select(URI.create("http://x/")))
                    .singleElement()
                    .extracting(chosen -> ((InetSocketAddress) chosen.address()).getPort())
                    .isEqualTo(proxy.port());
        }

        @RepeatedTest(2)
        void calledTwice(CaptureProxy proxy, History history) {
            callAndSeeItAlone(proxy, history, "/repeated");
        }

        @Nested
        class Inner {
            @BeforeAll
            static void before(CaptureProxy proxy) {
                PORTS.add(proxy.port());
            }

            @Test
            void inner(CaptureProxy proxy, History history) {
                callAndSeeItAlone(proxy, history, "/inner");
            }

            @ParameterizedTest
            @ValueSource(strings = {"/a", "/b"})
            void withArguments(String path, CaptureProxy proxy, History history) {
                callAndSeeItAlone(proxy, history, path);
            }
        }

        @AfterAll
        static void after(CaptureProxy proxy) {
            PORTS.add(proxy.port());
        }
    }

    @Test
    void whatATestLeavesUnderWayIsNoCallOfTheNext() {
        assertAllPassed(TestRun.of(LeavesACall.class), 2);
    }

    @Specimen
    @TestMethodOrder(MethodOrderer.MethodName.class)
    static class LeavesACall {
        @RegisterExtension
        static final CaptureProxyExtension EXTENSION = new CaptureProxyExtension();

        private static RawOrigin slow;
        private static RawSocket left;
        private static RawSocket atOrigin;

        @Test
        void first(CaptureProxy proxy) throws IOException {
            slow = new RawOrigin();
            left = RawSocket.connect(proxy.address()).send(Script.get(slow, "/slow"));
            atOrigin = slow.accept();
            atOrigin.readHead();
        }

        @Test
        void second(CaptureProxy proxy, History history) throws IOException {
            atOrigin.send(Script.ok("", ""));
            left.readToEnd();

            callAndSeeItAlone(proxy, history, "/second");
        }

        @AfterAll
        static void close() throws IOException {
            left.close();
            atOrigin.close();
            slow.close();
        }
    }

    @Test
    void oneInAnInstanceFieldHasAProxyForEachTest() {
        assertAllPassed(TestRun.of(EachItsOwn.class), 3);

        assertThat(Set.copyOf(PORTS)).hasSize(3);
    }

    @Specimen
    static class EachItsOwn {
        @RegisterExtension
        final CaptureProxyExtension extension = new CaptureProxyExtension();

        @Test
        void one(CaptureProxy proxy, History history) {
            callAndSeeItAlone(proxy, history, "/one");
        }

        @Test
        void two() {
            callAndSeeItAlone(extension.proxy(), extension.history(), "/two");
        }

        @Nested
        class Inner {
            @Test
            void three(History history) {
                callAndSeeItAlone(extension.proxy(), history, "/three");
            }
        }
    }

    @Test
    void oneThatIsNamedAtTheClassInjectsIntoConstructorsToo() {
        assertAllPassed(TestRun.of(Named.class, NamedForOneInstance.class, NamedAtAMethod.class), 6);
    }

    @Specimen
    @ExtendWith(CaptureProxyExtension.class)
    static class Named {
        private final CaptureProxy proxy;
        private final History history;

        Named(CaptureProxy proxy, History history) {
            this.proxy = proxy;
            this.history = history;
        }

        @Test
        void one(CaptureProxy same, History sameHistory) {
            assertThat(same).isSameAs(proxy);
            assertThat(sameHistory).isSameAs(history);
            callAndSeeItAlone(proxy, history, "/one");
        }

        @Test
        void two() {
            callAndSeeItAlone(proxy, history, "/two");
        }
    }

    @Specimen
    @ExtendWith(CaptureProxyExtension.class)
    @TestInstance(TestInstance.Lifecycle.PER_CLASS)
    static class NamedForOneInstance {
        private final CaptureProxy proxy;

        NamedForOneInstance(CaptureProxy proxy) {
            this.proxy = proxy;
        }

        @BeforeAll
        void before(CaptureProxy same) {
            assertThat(same).isSameAs(proxy);
        }

        @Test
        void one(History history) {
            callAndSeeItAlone(proxy, history, "/one");
        }

        @Test
        void two(History history) {
            callAndSeeItAlone(proxy, history, "/two");
        }
    }

    @Specimen
    static class NamedAtAMethod {
        @Test
        @ExtendWith(CaptureProxyExtension.class)
        void one(CaptureProxy proxy, History history) {
            callAndSeeItAlone(proxy, history, "/one");
        }

        @Test
        @ExtendWith(CaptureProxyExtension.class)
        void two(CaptureProxy proxy, History history) {
            callAndSeeItAlone(proxy, history, "/two");
        }
    }

    @Test
    void anInstanceFieldServesAllTestsOfOneInstance() {
        assertAllPassed(TestRun.of(OneInstance.class), 2);
    }

    @Specimen
    @TestInstance(TestInstance.Lifecycle.PER_CLASS)
    static class OneInstance {
        @RegisterExtension
        final CaptureProxyExtension extension = new CaptureProxyExtension();

        @Test
        void one(History history) {
            callAndSeeItAlone(extension.proxy(), history, "/one");
        }

        @Test
        void two(History history) {
            callAndSeeItAlone(extension.proxy(), history, "/two");
        }
    }

    @Test
    void theTestsOfAFactoryAreOneTest() {
        assertAllPassed(TestRun.of(Factory.class), 2);
    }

    @Specimen
    @ExtendWith(CaptureProxyExtension.class)
    static class Factory {
        @TestFactory
        List<DynamicTest> made(CaptureProxy proxy, History history) {
            return List.of(
                    DynamicTest.dynamicTest("first", () -> callAndSeeItAlone(proxy, history, "/first")),
                    DynamicTest.dynamicTest("second", () -> history.single(path("/first"))));
        }
    }

    @Test
    void aTestsOwnThreadsAskForItsProxy() {
        assertAllPassed(TestRun.parallel(4, OnOtherThreads.class), 4);
    }

    @Specimen
    static class OnOtherThreads {
        @RegisterExtension
        static final CaptureProxyExtension EXTENSION = new CaptureProxyExtension();

        @RepeatedTest(4)
        @Timeout(value = 60, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
        void asked(CaptureProxy proxy) {
            assertThat(EXTENSION.proxy()).isSameAs(proxy);
            callAndSeeItAlone(EXTENSION.proxy(), EXTENSION.history(), "/asked");
        }
    }

    @Test
    void aSharedAppsCallsAreInTheClasssHistoryWhereTestsRunInParallel() {
        assertAllPassed(TestRun.parallel(4, SharedApp.class), 4);

        assertThat(new TreeSet<>(PORTS)).hasSize(1);
    }

    @Specimen
    static class SharedApp {
        @RegisterExtension
        static final CaptureProxyExtension EXTENSION = new CaptureProxyExtension();

        private static CaptureProxy ofApp;

        @BeforeAll
        static void startApp(CaptureProxy proxy) {
            ofApp = proxy;
        }

        @RepeatedTest(4)
        void asked(CaptureProxy proxy, History history) {
            assertThat(proxy).isNotSameAs(ofApp);
            App.call(ofApp, "/by-app");
            App.call(proxy, "/by-test");

            assertThat(history.single(ExchangeFilter.any()).request().path()).isEqualTo("/by-test");
            PORTS.add(ofApp.port());
        }

        @AfterAll
        static void after(History history) {
            assertThat(history.find(path("/by-app"))).hasSize(4);
        }
    }

    @Test
    void severalStandSideBySideIfOneAloneInjects() {
        assertAllPassed(TestRun.of(Several.class), 1);
    }

    @Specimen
    static class Several {
        @RegisterExtension
        static final CaptureProxyExtension ONE = new CaptureProxyExtension();

        @RegisterExtension
        static final CaptureProxyExtension OTHER =
                CaptureProxyExtension.builder().withoutInjection().build();

        @Test
        void eachHasItsCalls(CaptureProxy proxy) {
            assertThat(ONE.proxy()).isSameAs(proxy);
            App.call(ONE.proxy(), "/one");
            App.call(OTHER.proxy(), "/other");

            ONE.history().single(path("/one"));
            OTHER.history().single(path("/other"));
            assertThat(OTHER.history().size()).isEqualTo(1);
        }
    }

    @Test
    void anyOptionOfTheProxyCanBeSet() {
        assertAllPassed(TestRun.of(WithOptions.class), 1);
    }

    @Specimen
    static class WithOptions {
        @RegisterExtension
        static final CaptureProxyExtension EXTENSION = CaptureProxyExtension.builder()
                .proxy(proxy -> proxy.label("first").maxBodyBytes(2))
                .proxy(proxy -> proxy.label("orders"))
                .build();

        @Test
        void holds(CaptureProxy proxy, History history) {
            App.call(proxy, "/hello");

            assertThat(history.single(path("/hello")).client().listener()).isEqualTo("orders");
            assertThat(history.single(path("/hello"))
                            .response()
                            .orElseThrow()
                            .body()
                            .bytes())
                    .hasSize(2);
        }
    }

    @Test
    void oneThatNoTestRunsWithSaysHowItIsUsed() {
        CaptureProxyExtension extension = new CaptureProxyExtension();

        assertThatThrownBy(extension::proxy)
                .isInstanceOf(IllegalStateException.class)
                .hasMessageContaining("no test runs with this extension")
                .hasMessageContaining("@RegisterExtension");
        assertThatThrownBy(extension::sslContext)
                .isInstanceOf(IllegalStateException.class)
                .hasMessageContaining("tls(TlsInterception.forTests())");
    }

    @Test
    void aThreadThatBelongsToNoneOfSeveralTestsIsToldSo() {
        List<String> told = new ArrayList<>();
        Foreign.ask = () -> told.add(catchThrowable(Foreign.EXTENSION::proxy).getMessage());

        assertAllPassed(TestRun.parallel(2, Foreign.class), 1);

        assertThat(told).singleElement().asString().contains("this thread is none of theirs");
    }

    @Specimen
    static class Foreign {
        @RegisterExtension
        static final CaptureProxyExtension EXTENSION = new CaptureProxyExtension();

        private static Runnable ask;
        private static Thread ofApp;
        private static final CountDownLatch WANTED = new CountDownLatch(1);

        @BeforeAll
        static void startApp() {
            ofApp = new Thread(null, Foreign::answer, "app", 0, false);
            ofApp.start();
        }

        private static void answer() {
            try {
                WANTED.await();
            } catch (InterruptedException e) {
                throw new IllegalStateException(e);
            }
            ask.run();
        }

        @Test
        void asks() throws InterruptedException {
            WANTED.countDown();
            ofApp.join();
        }
    }

    @Test
    void anSslContextThatThereIsNotSaysWhatIsMissing() {
        TestRun run = TestRun.of(WithoutTls.class);

        assertThat(run.failed())
                .singleElement()
                .satisfies(failed -> assertThat(failed.message())
                        .contains("there is no SSLContext", "tls(TlsInterception.forTests())"));
    }

    @Specimen
    @ExtendWith(CaptureProxyExtension.class)
    static class WithoutTls {
        @Test
        void wants(SSLContext context) {
            assertThat(context).isNotNull();
        }
    }
}
