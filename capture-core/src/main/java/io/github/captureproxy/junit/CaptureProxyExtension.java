package io.github.captureproxy.junit;

import io.github.captureproxy.CaptureProxy;
import io.github.captureproxy.history.History;
import java.lang.reflect.Constructor;
import java.lang.reflect.Method;
import java.net.ProxySelector;
import java.util.List;
import java.util.Optional;
import javax.net.ssl.SSLContext;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.extension.AfterAllCallback;
import org.junit.jupiter.api.extension.AfterEachCallback;
import org.junit.jupiter.api.extension.BeforeAllCallback;
import org.junit.jupiter.api.extension.BeforeEachCallback;
import org.junit.jupiter.api.extension.DynamicTestInvocationContext;
import org.junit.jupiter.api.extension.ExtensionContext;
import org.junit.jupiter.api.extension.InvocationInterceptor;
import org.junit.jupiter.api.extension.ParameterContext;
import org.junit.jupiter.api.extension.ParameterResolutionException;
import org.junit.jupiter.api.extension.ParameterResolver;
import org.junit.jupiter.api.extension.ReflectiveInvocationContext;
import org.opentest4j.TestAbortedException;

/**
 * Gives the tests of a class a proxy that captures what the app under test calls:
 *
 * <pre>{@code
 * class OrdersTest {
 *     @RegisterExtension
 *     static CaptureProxyExtension proxy = CaptureProxyExtension.builder().allowedHosts("*.internal").build();
 *
 *     @Test
 *     void placesAnOrder(History history) {
 *         new Shop(proxy.proxySelector()).order(7);
 *         history.single(method("POST").and(path("/orders")));
 *     }
 * }
 * }</pre>
 *
 * <p>In a static field, or with {@code @ExtendWith} on a class, one proxy is started before all tests and closed after all
 * of them, nested classes included. In an instance field each test has a proxy of its own. Each test's history begins
 * empty, and holds the calls that began in it; the proxy's own ({@link CaptureProxy#history()}), where several tests share
 * it, begins empty too, and takes in what the test before has left under way. The dynamic tests of one factory count as
 * one test.
 *
 * <p><b>Tests that run in parallel.</b> A test that JUnit may run beside others of its class ({@code
 * ExecutionMode.CONCURRENT} of itself or of a nested class around it, where parallel execution is enabled) has a proxy of
 * its own in any case, with the same options: what it hands to its client is its own, and it sees its own calls alone. An
 * app that was started in {@code @BeforeAll} has the class's proxy, since nobody can tell for which of such tests it makes
 * a call: what it calls is in the history that is injected into {@code @BeforeAll} and {@code @AfterAll}, and in none of
 * those tests'. Where tests have to see the calls of a shared app, let them run one after the other ({@code
 * @Execution(SAME_THREAD)}); classes may still run in parallel.
 *
 * <p><b>Parameters</b> of tests, lifecycle methods and constructors may be a {@link CaptureProxy}, a {@link History}, a
 * {@link ProxySelector} that names the proxy, and, with {@code tls}, an {@link SSLContext} that trusts it. The methods of
 * the same names give the same: on the thread of a test, or one that was made by it, those of that test.
 *
 * <p><b>When a test fails</b>, what it captured is printed to {@link System#err}, without queries, field values and
 * bodies, and left as a HAR file beside its report; so is what the class has captured when a {@code @BeforeAll} or {@code
 * @AfterAll} method fails, of a nested class too. A test also fails by what its traffic did: calls to hosts other than
 * the allowed ones; with {@code tls}, HTTPS that passed through unseen though nobody asked for that. Where the test has
 * failed by itself, that is added to its failure as a suppressed exception. Traffic that belongs to no test is judged at
 * the end of the class.
 *
 * <p>Needs JUnit 5.12 or newer. Safe for any thread.
 */
public final class CaptureProxyExtension
        implements BeforeAllCallback,
                BeforeEachCallback,
                AfterEachCallback,
                AfterAllCallback,
                ParameterResolver,
                InvocationInterceptor {
    private final ExtensionOptions options;
    private final Captures captures;
    private final TrafficRules rules;
    private final FailureReport report;
    private volatile @Nullable SSLContext context;

    /** With all options at their defaults; for {@code @ExtendWith}. */
    public CaptureProxyExtension() {
        this(builder().options());
    }

    CaptureProxyExtension(ExtensionOptions options) {
        this.options = options;
        rules = new TrafficRules(options);
        captures = new Captures(this, options, rules);
        report = new FailureReport(options);
    }

    /**
     * Collects what an extension is told.
     *
     * @return a builder with every option at its default
     */
    public static CaptureProxyExtensionBuilder builder() {
        return new CaptureProxyExtensionBuilder();
    }

    /**
     * The proxy of the test that runs, or of the class while none does.
     *
     * @return the proxy
     * @throws IllegalStateException if no test runs with this extension, or several do and this thread is none of theirs
     */
    public CaptureProxy proxy() {
        return captures.current().proxy();
    }

    /**
     * What the test that runs has captured, or the class while none does.
     *
     * @return the history; to be read after the test as well
     * @throws IllegalStateException as in {@link #proxy()}
     */
    public History history() {
        return captures.current().history();
    }

    /**
     * Names the proxy of the test that runs, or of the class while none does.
     *
     * @return for {@link java.net.http.HttpClient} and others
     * @throws IllegalStateException as in {@link #proxy()}
     */
    public ProxySelector proxySelector() {
        return proxy().proxySelector();
    }

    /**
     * A TLS context for clients that trusts what the proxy shows, beside what the platform trusts. The same for all tests.
     *
     * @return the context
     * @throws IllegalStateException if HTTPS isn't looked into
     */
    public SSLContext sslContext() {
        SSLContext made = context;
        if (made == null) {
            synchronized (this) {
                made = context;
                if (made == null) {
                    made = ClientContext.of(options.tls());
                    context = made;
                }
            }
        }
        return made;
    }

    @Override
    public void beforeAll(ExtensionContext test) {
        captures.classBegins(test);
    }

    @Override
    public void beforeEach(ExtensionContext test) {
        captures.testBegins(test);
    }

    @Override
    public void afterEach(ExtensionContext test) {
        Optional<Capture> ended = captures.testEnds(test);
        if (ended.isEmpty()) {
            return;
        }
        try (Capture capture = ended.get()) {
            judge(test, capture);
        }
    }

    private void judge(ExtensionContext test, Capture capture) {
        Throwable failure = test.getExecutionException().orElse(capture.failure());
        if (failure instanceof TestAbortedException) {
            return;
        }
        List<String> broken = capture.broken(rules);
        if (failure != null || !broken.isEmpty()) {
            report.of(test, capture.history(), seenElsewhere(test, capture));
        }
        failIf(broken);
    }

    /** Where the calls may be that a test with a proxy of its own misses. */
    private String seenElsewhere(ExtensionContext test, Capture capture) {
        return captures.ofClass(test)
                .filter(shared -> capture.owner() == Capture.Owner.LONE_TEST
                        && !shared.history().isEmpty())
                .map(shared ->
                        "\n  captured by the class's proxy: " + shared.history().size()
                                + ", as an app that was started in @BeforeAll calls through that one; this test runs beside others"
                                + " and has its own: to see the app's calls, give it @Execution(SAME_THREAD)")
                .orElse("");
    }

    /** JUnit adds this to the test's own failure, where there is one. */
    private static void failIf(List<String> broken) {
        if (!broken.isEmpty()) {
            throw new AssertionError(String.join("\n", broken));
        }
    }

    @Override
    public void afterAll(ExtensionContext test) {
        Throwable failure = test.getExecutionException().orElse(null); // of @BeforeAll or @AfterAll
        boolean aborted = failure instanceof TestAbortedException;
        Optional<Capture> ended = captures.classEnds(test);
        if (ended.isEmpty()) { // a nested class, whose outer one's proxy goes on
            Optional<Capture> outer = failure == null || aborted ? Optional.empty() : captures.ofClass(test);
            outer.ifPresent(capture -> report.of(test, capture.history(), ""));
            return;
        }
        try (Capture capture = ended.get()) {
            List<String> broken = capture.brokenBesideTests(rules);
            if (!aborted && (failure != null || !broken.isEmpty())) {
                report.of(test, capture.history(), "");
            }
            failIf(broken);
        }
    }

    /** A test whose constructor fails has no end that JUnit tells of. */
    @Override
    public <T> T interceptTestClassConstructor(
            Invocation<T> invocation, ReflectiveInvocationContext<Constructor<T>> constructor, ExtensionContext test)
            throws Throwable {
        try {
            return invocation.proceed();
        } catch (TestAbortedException e) {
            throw e;
        } catch (Throwable e) {
            Optional<Capture> begun = test.getTestMethod().isPresent() ? captures.ofTest(test) : captures.ofClass(test);
            begun.ifPresent(capture -> report.of(test, capture.history(), ""));
            throw e;
        }
    }

    /** JUnit doesn't tell a factory of its tests' failures. */
    @Override
    public void interceptDynamicTest(
            Invocation<@Nullable Void> invocation, DynamicTestInvocationContext dynamic, ExtensionContext test)
            throws Throwable {
        try {
            invocation.proceed();
        } catch (TestAbortedException e) {
            throw e;
        } catch (Throwable e) {
            captures.ofTest(test).ifPresent(capture -> capture.partFailed(e));
            throw e;
        }
    }

    @Override
    public ExtensionContextScope getTestInstantiationExtensionContextScope(ExtensionContext root) {
        return ExtensionContextScope.TEST_METHOD;
    }

    @Override
    public boolean supportsParameter(ParameterContext parameter, ExtensionContext test) {
        Class<?> type = parameter.getParameter().getType();
        return options.injection()
                && (type == CaptureProxy.class
                        || type == History.class
                        || type == ProxySelector.class
                        || type == SSLContext.class);
    }

    @Override
    public Object resolveParameter(ParameterContext parameter, ExtensionContext test) {
        Class<?> type = parameter.getParameter().getType();
        if (type == SSLContext.class) {
            try {
                return sslContext();
            } catch (IllegalStateException e) {
                throw new ParameterResolutionException(e.getMessage(), e);
            }
        }
        Optional<Method> method = test.getTestMethod();
        Capture capture = method.isPresent() ? captures.testBegins(test) : captures.classBegins(test);
        if (type == CaptureProxy.class) {
            return capture.proxy();
        }
        return type == History.class ? capture.history() : capture.proxy().proxySelector();
    }
}
