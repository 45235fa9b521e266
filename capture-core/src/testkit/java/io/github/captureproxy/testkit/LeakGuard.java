package io.github.captureproxy.testkit;

import java.time.Duration;
import java.util.Set;
import org.junit.jupiter.api.extension.AfterAllCallback;
import org.junit.jupiter.api.extension.BeforeAllCallback;
import org.junit.jupiter.api.extension.ExtensionContext;
import org.junit.jupiter.api.extension.ExtensionContext.Namespace;

/** Fails a test class that leaves threads, sockets or files behind. Registered for all of them as a service. */
public final class LeakGuard implements BeforeAllCallback, AfterAllCallback {
    /** The JDK's HttpClient looks every three seconds if its owner is still there, after a collection that says so. */
    static final Duration PATIENCE = Duration.ofSeconds(20);

    /** The configuration parameter that sets another, in milliseconds. */
    static final String PATIENCE_MILLIS = "io.github.captureproxy.testkit.patienceMillis";

    private static final Namespace NAMESPACE = Namespace.create(LeakGuard.class);

    @Override
    public void beforeAll(ExtensionContext context) {
        context.getStore(NAMESPACE).put(context.getUniqueId(), Leaks.since());
    }

    @Override
    public void afterAll(ExtensionContext context) {
        Leaks leaks = context.getStore(NAMESPACE).remove(context.getUniqueId(), Leaks.class);
        Duration patience = context.getConfigurationParameter(PATIENCE_MILLIS, Long::valueOf)
                .map(Duration::ofMillis)
                .orElse(PATIENCE);
        Set<String> left = leaks.await(patience);
        if (!left.isEmpty()) {
            throw new AssertionError(context.getDisplayName() + " left behind:\n  " + String.join("\n  ", left));
        }
    }
}
