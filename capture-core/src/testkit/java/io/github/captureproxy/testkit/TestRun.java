package io.github.captureproxy.testkit;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.stream.Stream;
import org.junit.platform.engine.TestExecutionResult;
import org.junit.platform.engine.discovery.DiscoverySelectors;
import org.junit.platform.launcher.TestExecutionListener;
import org.junit.platform.launcher.TestIdentifier;
import org.junit.platform.launcher.core.LauncherDiscoveryRequestBuilder;
import org.junit.platform.launcher.core.LauncherFactory;

/** A run of classes of tests within a test, and what came of it. */
public final class TestRun implements TestExecutionListener {
    private final List<String> passed = new CopyOnWriteArrayList<>();
    private final List<Failed> failed = new CopyOnWriteArrayList<>();

    /**
     * A test or a class that failed.
     *
     * @param name its display name
     * @param cause why
     */
    public record Failed(String name, Throwable cause) {
        /** What it says. */
        public String message() {
            return String.valueOf(cause.getMessage());
        }
    }

    /** Runs classes one after the other. */
    public static TestRun of(Class<?>... classes) {
        return run(Map.of(), classes);
    }

    /** Runs classes and their tests in parallel. */
    public static TestRun parallel(int threads, Class<?>... classes) {
        return run(
                Map.of(
                        "junit.jupiter.execution.parallel.enabled", "true",
                        "junit.jupiter.execution.parallel.mode.default", "concurrent",
                        "junit.jupiter.execution.parallel.config.strategy", "fixed",
                        "junit.jupiter.execution.parallel.config.fixed.parallelism", String.valueOf(threads)),
                classes);
    }

    private static TestRun run(Map<String, String> parameters, Class<?>... classes) {
        TestRun run = new TestRun();
        LauncherFactory.create()
                .execute(
                        LauncherDiscoveryRequestBuilder.request()
                                .selectors(Stream.of(classes)
                                        .map(DiscoverySelectors::selectClass)
                                        .toList())
                                .configurationParameter(Specimen.WANTED, "true")
                                // Leaks are looked for once, by the test around; beside each other they would be blamed.
                                .configurationParameter("junit.jupiter.extensions.autodetection.enabled", "false")
                                .configurationParameters(parameters)
                                .build(),
                        run);
        return run;
    }

    @Override
    public void executionFinished(TestIdentifier test, TestExecutionResult result) {
        if (result.getStatus() == TestExecutionResult.Status.FAILED) {
            failed.add(new Failed(
                    test.getDisplayName(), result.getThrowable().orElseThrow()));
        } else if (test.isTest()) {
            passed.add(test.getDisplayName());
        }
    }

    /** The display names of the tests that passed. */
    public List<String> passed() {
        return new ArrayList<>(passed);
    }

    /** What failed, tests and classes. */
    public List<Failed> failed() {
        return new ArrayList<>(failed);
    }
}
