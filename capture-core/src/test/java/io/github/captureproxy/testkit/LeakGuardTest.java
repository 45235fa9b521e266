package io.github.captureproxy.testkit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assumptions.assumeThat;
import static org.junit.platform.engine.discovery.DiscoverySelectors.selectClass;
import static org.junit.platform.launcher.core.LauncherDiscoveryRequestBuilder.request;

import io.github.captureproxy.CaptureProxy;
import java.io.IOException;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledIfSystemProperty;
import org.junit.platform.engine.TestExecutionResult;
import org.junit.platform.launcher.TestExecutionListener;
import org.junit.platform.launcher.TestIdentifier;
import org.junit.platform.launcher.core.LauncherFactory;

/** A guard that cannot bark guards nothing. */
class LeakGuardTest {
    private static final Duration SHORT = Duration.ofMillis(50);

    @Test
    void findsTheThreadsAndSocketsOfAProxyThatIsNotClosed() {
        Leaks leaks = Leaks.since();
        try (CaptureProxy proxy = CaptureProxy.builder().port(0).start()) {
            assertThat(proxy.port()).isPositive();
            assertThat(leaks.await(SHORT)).anyMatch(it -> it.startsWith("thread capture-proxy-"));
            if (Files.exists(Path.of("/proc/self/fd"))) {
                assertThat(leaks.now()).anyMatch(it -> it.contains("socket:")).anyMatch(it -> it.contains("eventpoll"));
            }
        }
        assertThat(leaks.await(LeakGuard.PATIENCE)).isEmpty();
    }

    @Test
    void findsASocketThatIsLeftOpen() throws IOException {
        assumeThat(Path.of("/proc/self/fd")).exists();
        Leaks leaks = Leaks.since();
        try (ServerSocket socket = new ServerSocket(0)) {
            assertThat(socket.isBound()).isTrue();
            assertThat(leaks.await(SHORT)).anyMatch(it -> it.contains("socket:"));
        }
        assertThat(leaks.await(LeakGuard.PATIENCE)).isEmpty();
    }

    @Test
    void findsATemporaryFileThatIsLeft() throws IOException {
        Leaks leaks = Leaks.since();
        Path file = Files.createTempFile("capture-proxy-", "");
        try {
            assertThat(leaks.await(SHORT)).contains("file " + file); // beside those of other processes
        } finally {
            Files.delete(file);
        }
        assertThat(leaks.await(LeakGuard.PATIENCE)).isEmpty();
    }

    /** The whole way: detected as a service, it fails the class and not one of its tests. */
    @Test
    void failsATestClassThatLeavesAThread() {
        List<String> failures = new ArrayList<>();
        System.setProperty(Leaky.WANTED, "true");
        try {
            LauncherFactory.create()
                    .execute(
                            request()
                                    .selectors(selectClass(Leaky.class))
                                    .configurationParameter(LeakGuard.PATIENCE_MILLIS, "50")
                                    .build(),
                            new Failures(failures));
        } finally {
            System.clearProperty(Leaky.WANTED);
            Leaky.release();
        }
        assertThat(failures).singleElement().asString().contains("left behind", "thread capture-proxy-leaky");
    }

    /** Leaves a thread, when asked to; the build's own run passes it over. */
    @EnabledIfSystemProperty(named = Leaky.WANTED, matches = "true")
    static class Leaky {
        static final String WANTED = "io.github.captureproxy.testkit.leaky";

        private static Thread thread = new Thread(() -> {});

        @Test
        void passes() {
            thread = new Thread(Leaky::waitForRelease, "capture-proxy-leaky");
            thread.setDaemon(true);
            thread.start();
            assertThat(thread.isAlive()).isTrue();
        }

        private static synchronized void waitForRelease() {
            try {
                while (true) {
                    Leaky.class.wait();
                }
            } catch (InterruptedException e) { // the release: the thread ends
                return;
            }
        }

        static void release() {
            thread.interrupt();
        }
    }

    /** Notes what failed. */
    private static final class Failures implements TestExecutionListener {
        private final List<String> messages;

        Failures(List<String> messages) {
            this.messages = messages;
        }

        @Override
        public void executionFinished(TestIdentifier test, TestExecutionResult result) {
            result.getThrowable().ifPresent(cause -> messages.add(test.getDisplayName() + ": " + cause.getMessage()));
        }
    }
}
