package io.github.captureproxy.testkit;

import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;
import org.junit.jupiter.api.extension.ConditionEvaluationResult;
import org.junit.jupiter.api.extension.ExecutionCondition;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.extension.ExtensionContext;

/** Marks a class of tests that a test runs itself, some of which are to fail: the build's own run passes it over. */
@Retention(RetentionPolicy.RUNTIME)
@Target(ElementType.TYPE)
@ExtendWith(Specimen.Condition.class)
public @interface Specimen {
    /** The configuration parameter of a run of such classes. */
    String WANTED = "io.github.captureproxy.testkit.specimen";

    /** Looks if it is wanted. */
    final class Condition implements ExecutionCondition {
        @Override
        public ConditionEvaluationResult evaluateExecutionCondition(ExtensionContext context) {
            return context.getConfigurationParameter(WANTED).isPresent()
                    ? ConditionEvaluationResult.enabled("a test runs it")
                    : ConditionEvaluationResult.disabled("a specimen, for another test to run");
        }
    }
}
