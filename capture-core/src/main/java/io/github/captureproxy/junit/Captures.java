package io.github.captureproxy.junit;

import io.github.captureproxy.junit.Capture.Owner;
import java.lang.ref.WeakReference;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.junit.jupiter.api.extension.ExtensionContext;
import org.junit.jupiter.api.extension.ExtensionContext.Namespace;
import org.junit.jupiter.api.extension.ExtensionContext.Store;
import org.junit.jupiter.api.parallel.ExecutionMode;

/**
 * Which test has which capture. JUnit's stores hold them by context; beside that they are known by the thread that a
 * test runs on, for a test that asks the extension itself.
 */
final class Captures {
    private static final String OF_CLASS = "class";
    private static final String OF_TEST = "test";
    private static final String PARALLEL = "junit.jupiter.execution.parallel.enabled";

    private final Namespace namespace;
    private final ExtensionOptions options;
    private final TrafficRules rules;
    private final Set<Capture> open = ConcurrentHashMap.newKeySet();

    /** Threads that a test makes inherit its capture, such as that of a test with a timeout. */
    @SuppressWarnings("ThreadLocalUsage") // one for each extension: each has tests of its own
    private final InheritableThreadLocal<WeakReference<Capture>> ofThread = new InheritableThreadLocal<>();

    Captures(CaptureProxyExtension extension, ExtensionOptions options, TrafficRules rules) {
        this.namespace = Namespace.create(CaptureProxyExtension.class, extension);
        this.options = options;
        this.rules = rules;
    }

    /** The capture of a class, its own or one around it; started if there is none. */
    Capture classBegins(ExtensionContext test) {
        Capture capture = store(test).getOrComputeIfAbsent(OF_CLASS, key -> started(Owner.CLASS, test), Capture.class);
        ofThread.set(new WeakReference<>(capture));
        return capture;
    }

    /** The capture of a test; begun if there is none. */
    Capture testBegins(ExtensionContext test) {
        Capture known = store(test).get(OF_TEST, Capture.class);
        if (known != null) {
            return known;
        }
        Optional<Capture> shared = ofClass(test).filter(of -> !isConcurrent(test, of));
        Capture begun =
                shared.map(of -> of.lend(test.getUniqueId(), rules)).orElseGet(() -> started(Owner.LONE_TEST, test));
        open.add(begun);
        store(test).put(OF_TEST, begun);
        ofThread.set(new WeakReference<>(begun));
        return begun;
    }

    private Capture started(Owner owner, ExtensionContext test) {
        Capture capture = Capture.start(owner, test.getUniqueId(), options);
        open.add(capture);
        return capture;
    }

    /** True if others of the class may run at the same time. */
    private static boolean isConcurrent(ExtensionContext test, Capture ofClass) {
        boolean parallel = test.getConfigurationParameter(PARALLEL)
                .map(Boolean::parseBoolean)
                .orElse(false);
        Optional<ExtensionContext> at = Optional.of(test);
        while (parallel && at.isPresent() && !at.get().getUniqueId().equals(ofClass.id())) {
            if (at.get().getExecutionMode() == ExecutionMode.CONCURRENT) {
                return true;
            }
            at = at.get().getParent();
        }
        return false;
    }

    Optional<Capture> ofClass(ExtensionContext test) {
        return Optional.ofNullable(store(test).get(OF_CLASS, Capture.class));
    }

    Optional<Capture> ofTest(ExtensionContext test) {
        return Optional.ofNullable(store(test).get(OF_TEST, Capture.class));
    }

    /** Takes the capture of a test that ends, which the caller closes. */
    Optional<Capture> testEnds(ExtensionContext test) {
        Optional<Capture> ended = Optional.ofNullable(store(test).remove(OF_TEST, Capture.class));
        ended.ifPresent(open::remove);
        ofClass(test).ifPresentOrElse(of -> ofThread.set(new WeakReference<>(of)), ofThread::remove);
        return ended;
    }

    /** Takes the capture of a class that ends, which the caller closes; empty for a nested one that has its outer one's. */
    Optional<Capture> classEnds(ExtensionContext test) {
        Optional<Capture> own = ofClass(test).filter(of -> of.id().equals(test.getUniqueId()));
        if (own.isPresent()) {
            store(test).remove(OF_CLASS);
            open.remove(own.get());
            ofThread.remove();
        }
        return own;
    }

    private Store store(ExtensionContext test) {
        return test.getStore(namespace);
    }

    /** The capture for this thread, or else the only one that can be meant. */
    Capture current() {
        WeakReference<Capture> known = ofThread.get();
        Capture mine = known == null ? null : known.get();
        if (mine != null && mine.isOpen()) {
            return mine;
        }
        List<Capture> tests = open.stream()
                .filter(of -> of.owner() != Owner.CLASS && of.isOpen())
                .toList();
        List<Capture> classes = open.stream()
                .filter(of -> of.owner() == Owner.CLASS && of.isOpen())
                .toList();
        if (tests.isEmpty() && classes.isEmpty()) {
            throw new IllegalStateException("no test runs with this extension: have it in a field with"
                    + " @RegisterExtension, a static one to use it in @BeforeAll, and ask it while a test runs");
        }
        if (tests.isEmpty() && classes.size() == 1) {
            return classes.get(0);
        }
        if (tests.size() == 1
                && classes.size() <= 1
                && (classes.isEmpty() || tests.get(0).owner() == Owner.TEST)) {
            return tests.get(0);
        }
        throw new IllegalStateException("tests run in parallel, and this thread is none of theirs: take the proxy as a"
                + " parameter of the test, or ask for it on the test's own thread");
    }
}
