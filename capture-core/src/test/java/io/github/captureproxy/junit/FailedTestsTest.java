package io.github.captureproxy.junit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assumptions.assumeThat;

import io.github.captureproxy.CaptureProxy;
import io.github.captureproxy.history.History;
import io.github.captureproxy.testkit.RecordingOrigin;
import io.github.captureproxy.testkit.Specimen;
import io.github.captureproxy.testkit.TestRun;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What is left of a test that fails, and what makes one fail. */
class FailedTestsTest {
    private static final List<String> PRINTED = new CopyOnWriteArrayList<>();

    private static Path folder;

    private RecordingOrigin origin;

    @BeforeEach
    void start(@TempDir Path empty) throws IOException {
        origin = RecordingOrigin.start();
        App.origin(origin);
        folder = empty.resolve("reports");
        PRINTED.clear();
    }

    @AfterEach
    void stop() throws IOException {
        App.origin(null);
        origin.close();
    }

    private static CaptureProxyExtensionBuilder builder() {
        return CaptureProxyExtension.builder().output(PRINTED::add).harFolder(folder);
    }

    private static List<String> harFiles() throws IOException {
        try (Stream<Path> files = Files.list(folder)) {
            return files.map(file -> file.getFileName().toString()).sorted().toList();
        }
    }

    @Test
    void theCallsOfAFailedTestArePrintedWithoutSecrets() {
        TestRun run = TestRun.of(Failing.class);

        assertThat(run.failed()).hasSize(1);
        assertThat(PRINTED)
                .singleElement()
                .asString()
                .startsWith("Failing.fails failed, and this was captured\n  captured: 1\n")
                .contains(
                        "GET " + origin.url("/hello") + "?... -> 200 text/plain",
                        "in flight: nothing",
                        "tunnels: nothing")
                .doesNotContain("secret");
    }

    @Specimen
    static class Failing {
        @RegisterExtension
        static final CaptureProxyExtension EXTENSION = builder().build();

        @Test
        void passes(CaptureProxy proxy) {
            App.call(proxy, "/unseen");
        }

        @Test
        void fails(CaptureProxy proxy) {
            App.call(proxy, "/hello?token=secret");
            throw new AssertionError("the test's own");
        }

        @Test
        void isAborted(CaptureProxy proxy) {
            App.call(proxy, "/hello");
            assumeThat(proxy.port()).isZero();
        }
    }

    @Test
    void theCallsOfAClassThatFailsBeforeItsTestsArePrintedToo() throws IOException {
        TestRun.of(FailingBefore.class);

        assertThat(PRINTED)
                .singleElement()
                .asString()
                .startsWith("FailingBefore failed, and this was captured\n  captured: 1\n");
        assertThat(harFiles()).containsExactly(FailingBefore.class.getName() + ".har");
    }

    @Specimen
    static class FailingBefore {
        @RegisterExtension
        static final CaptureProxyExtension EXTENSION = builder().build();

        @BeforeAll
        static void startsTheApp(CaptureProxy proxy) {
            App.call(proxy, "/config");
            throw new AssertionError("the app doesn't start");
        }

        @Test
        void isNotReached() {}
    }

    @Test
    void theCallsOfANestedClassThatFailsBesideItsTestsArePrintedToo() {
        TestRun.of(FailingNested.class);

        assertThat(PRINTED)
                .hasSize(2)
                .anySatisfy(text -> assertThat(text)
                        .startsWith("Before failed, and this was captured\n")
                        .contains("/before"))
                .anySatisfy(text -> assertThat(text)
                        .startsWith("After failed, and this was captured\n")
                        .contains("/after"));
    }

    @Specimen
    static class FailingNested {
        @RegisterExtension
        static final CaptureProxyExtension EXTENSION = builder().build();

        @Nested
        class Before {
            @BeforeAll
            static void startsTheApp(CaptureProxy proxy) {
                App.call(proxy, "/before");
                throw new AssertionError("the app doesn't start");
            }

            @Test
            void isNotReached() {}
        }

        @Nested
        class After {
            @Test
            void passes() {}

            @AfterAll
            static void stopsTheApp(CaptureProxy proxy) {
                App.call(proxy, "/after");
                throw new AssertionError("the app doesn't stop");
            }
        }
    }

    @Test
    void theCallsOfAConstructorThatFailsArePrintedToo() throws IOException {
        TestRun.of(FailingConstructor.class);

        assertThat(PRINTED)
                .singleElement()
                .asString()
                .startsWith("FailingConstructor.isNotReached failed, and this was captured\n  captured: 1\n");
        assertThat(harFiles()).containsExactly(FailingConstructor.class.getName() + ".isNotReached.har");
    }

    @Specimen
    static class FailingConstructor {
        @RegisterExtension
        static final CaptureProxyExtension EXTENSION = builder().build();

        FailingConstructor(CaptureProxy proxy) {
            App.call(proxy, "/hello");
            throw new AssertionError("the app doesn't start");
        }

        @Test
        void isNotReached() {}
    }

    @Test
    void aParallelTestThatMissesTheCallsOfASharedAppIsToldWhereTheyAre() {
        TestRun.parallel(2, SharedApp.class);

        assertThat(PRINTED)
                .singleElement()
                .asString()
                .contains("captured: nothing", "captured by the class's proxy: 1,", "@Execution(SAME_THREAD)");
    }

    @Specimen
    static class SharedApp {
        @RegisterExtension
        static final CaptureProxyExtension EXTENSION = builder().build();

        private static CaptureProxy ofTheApp;

        @BeforeAll
        static void startTheApp(CaptureProxy proxy) {
            ofTheApp = proxy;
        }

        @Test
        void missesTheAppsCall(History history) {
            App.call(ofTheApp, "/hello");
            assertThat(history.size()).isEqualTo(1);
        }
    }

    @Test
    void eachFailedInvocationLeavesAFileOfItsOwn() throws IOException {
        TestRun run = TestRun.of(ManyFailing.class);

        assertThat(run.failed()).hasSize(3);
        String name = ManyFailing.class.getName();
        assertThat(harFiles())
                .containsExactly(
                        name + ".fromAFactory.har", name + ".withArguments-1.har", name + ".withArguments-3.har");
        assertThat(PRINTED)
                .hasSize(3)
                .allSatisfy(text -> assertThat(text)
                        .contains("HAR file: " + folder.resolve(name).toString()));
        assertThat(PRINTED).anySatisfy(text -> assertThat(text).startsWith("ManyFailing.withArguments [[3] "));
    }

    @Specimen
    static class ManyFailing {
        @RegisterExtension
        static final CaptureProxyExtension EXTENSION = builder().build();

        @ParameterizedTest
        @ValueSource(ints = {1, 2, 3})
        void withArguments(int number, CaptureProxy proxy) {
            App.call(proxy, "/hello");
            assertThat(number).isEven();
        }

        @TestFactory
        List<DynamicTest> fromAFactory(CaptureProxy proxy) {
            return List.of(
                    DynamicTest.dynamicTest("passes", () -> App.call(proxy, "/hello")),
                    DynamicTest.dynamicTest(
                            "fails", () -> assertThat(proxy.port()).isZero()));
        }
    }

    @Test
    void testsOfOneNameLeaveFilesOfTheirOwn() throws IOException {
        TestRun run = TestRun.of(OfOneName.class);

        assertThat(run.failed()).hasSize(2);
        String name = OfOneName.class.getName() + ".fails";
        assertThat(harFiles()).containsExactly(name + "-2.har", name + "-3.har", name + "-4.har", name + ".har");
    }

    @Specimen
    static class OfOneName {
        @RegisterExtension
        final CaptureProxyExtension one = builder().build();

        @RegisterExtension
        final CaptureProxyExtension other = builder().withoutInjection().build();

        @Test
        void fails(CaptureProxy proxy) {
            callBoth();
        }

        @Test
        void fails(History history) {
            callBoth();
        }

        private void callBoth() {
            App.call(one.proxy(), "/hello");
            App.call(other.proxy(), "/hello");
            throw new AssertionError("the test's own");
        }
    }

    @Test
    void aFileThatCannotBeWrittenIsNamedAndDoesNotReplaceTheFailure() throws IOException {
        Files.writeString(folder.getParent().resolve("file"), "in the way");
        folder = folder.getParent().resolve("file").resolve("below");

        TestRun run = TestRun.of(Unwritable.class);

        assertThat(run.failed()).singleElement().satisfies(failed -> {
            assertThat(failed.message()).isEqualTo("the test's own");
            assertThat(failed.cause().getSuppressed()).isEmpty();
        });
        assertThat(PRINTED)
                .singleElement()
                .asString()
                .contains("HAR file: none, as it could not be written: ", "below");
    }

    @Specimen
    static class Unwritable {
        @RegisterExtension
        static final CaptureProxyExtension EXTENSION = builder().build();

        @Test
        void fails(CaptureProxy proxy) {
            App.call(proxy, "/hello");
            throw new AssertionError("the test's own");
        }
    }

    @Test
    void aCallToAnotherHostFailsTheTestThatMadeIt() {
        TestRun run = TestRun.of(UnexpectedHosts.class);

        assertThat(run.passed()).containsExactly("allowed(CaptureProxy)");
        assertThat(run.failed()).hasSize(2);
        assertThat(run.failed()).anySatisfy(failed -> {
            assertThat(failed.name()).isEqualTo("called(CaptureProxy)");
            assertThat(failed.message())
                    .startsWith("hosts were called that allowedHosts doesn't have:\n    localhost, first in #")
                    .contains(" GET http://localhost:" + origin.port() + "/hello -> 200 ")
                    .endsWith("\n  allowed are [127.0.0.1, *.internal]");
        });
        assertThat(PRINTED).hasSize(2);
    }

    @Test
    void aTestThatFailsByItselfKeepsItsFailure() {
        TestRun run = TestRun.of(UnexpectedHosts.class);

        assertThat(run.failed()).anySatisfy(failed -> {
            assertThat(failed.message()).isEqualTo("the test's own");
            assertThat(failed.cause().getSuppressed())
                    .singleElement()
                    .extracting(Throwable::getMessage)
                    .asString()
                    .contains("localhost");
        });
    }

    @Specimen
    static class UnexpectedHosts {
        @RegisterExtension
        static final CaptureProxyExtension EXTENSION = builder()
                .allowedHosts("127.0.0.1")
                .allowedHosts("*.internal")
                .withoutHar()
                .proxy(proxy -> proxy.mapHost("api.internal", App.origin().authority()))
                .build();

        @Test
        void allowed(CaptureProxy proxy) {
            App.call(proxy, "/hello");
            App.callHost(proxy, "API.internal");
        }

        @Test
        void called(CaptureProxy proxy) {
            App.callHost(proxy, "localhost:" + App.origin().port());
        }

        @Test
        void calledInATestThatFailsItself(CaptureProxy proxy) {
            App.callHost(proxy, "localhost:" + App.origin().port());
            throw new AssertionError("the test's own");
        }
    }

    @Test
    void whatBelongsToNoTestIsJudgedWithTheClass() {
        TestRun run = TestRun.of(BeforeAllTests.class);

        assertThat(run.passed()).containsExactly("passes()");
        assertThat(run.failed()).singleElement().satisfies(failed -> {
            assertThat(failed.name()).isEqualTo("FailedTestsTest$BeforeAllTests");
            assertThat(failed.message()).contains("localhost, first in #1 ");
        });
    }

    @Specimen
    static class BeforeAllTests {
        @RegisterExtension
        static final CaptureProxyExtension EXTENSION =
                builder().allowedHosts("127.0.0.1").build();

        @BeforeAll
        static void before(CaptureProxy proxy) {
            App.callHost(proxy, "localhost:" + App.origin().port());
        }

        @Test
        void passes() {
            App.call(EXTENSION.proxy(), "/hello");
        }
    }

    @Test
    void optionsThatCannotBeAreRefusedAtOnce() {
        CaptureProxyExtensionBuilder builder = CaptureProxyExtension.builder();

        assertThatThrownBy(builder::allowedHosts)
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("allowedHosts without a host: name those that may be called");
        assertThatThrownBy(() -> builder.allowedHosts("https://api.example"))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("https://api.example");
        assertThatThrownBy(() -> builder.harFolder(Path.of("pom.xml")))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("harFolder pom.xml is a file: give a folder");
    }

    @Test
    void filesGoBesideTheReportsThatThereAre(@TempDir Path build) throws IOException {
        assertThat(ReportFiles.folderOf(FailedTestsTest.class, build)).isEqualTo(build.resolve("target"));
        Files.createDirectories(build.resolve("build"));
        assertThat(ReportFiles.folderOf(FailedTestsTest.class, build)).isEqualTo(build.resolve("build"));
        Files.createDirectories(build.resolve("build/test-results"));
        assertThat(ReportFiles.folderOf(FailedTestsTest.class, build)).isEqualTo(build.resolve("build/test-results"));
        Files.createDirectories(build.resolve("target/surefire-reports"));
        Files.createDirectories(build.resolve("target/failsafe-reports"));
        assertThat(ReportFiles.folderOf(FailedTestsTest.class, build))
                .isEqualTo(build.resolve("target/surefire-reports"));
        assertThat(ReportFiles.folderOf(OrdersIT.Refunds.class, build))
                .isEqualTo(build.resolve("target/failsafe-reports"));
    }
}
