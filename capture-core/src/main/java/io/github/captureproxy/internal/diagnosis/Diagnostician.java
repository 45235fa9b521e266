package io.github.captureproxy.internal.diagnosis;

import io.github.captureproxy.diagnosis.Diagnosis;
import java.time.Duration;
import java.time.Instant;

/** Puts a diagnosis together. */
public final class Diagnostician {
    private Diagnostician() {}

    /**
     * Looks at everything.
     *
     * @param facts what the proxy knows
     * @param around what clients go by
     * @return the diagnosis
     */
    public static Diagnosis diagnose(Facts facts, Surroundings around) {
        Findings findings = new Findings();
        new PortFindings(facts, findings).find();
        new RecordFindings(facts, findings).find();
        new TunnelFindings(facts, findings).find();
        new JvmFindings(facts, around, findings).find();
        new EnvironmentFindings(facts, around, findings).find();
        return made(facts, findings, subject(facts));
    }

    /**
     * Looks at everything, and at what is known of a target.
     *
     * @param facts what the proxy knows
     * @param around what clients go by
     * @param target what calls are asked about
     * @return the diagnosis
     */
    public static Diagnosis diagnose(Facts facts, Surroundings around, Target target) {
        Findings findings = new Findings();
        new TargetFindings(facts, around, target, findings).find();
        new PortFindings(facts, findings).find();
        new RecordFindings(facts, findings).find();
        new JvmFindings(facts, around, findings).find();
        new EnvironmentFindings(facts, around, findings).find();
        return made(facts, findings, "Calls to " + target + ", as seen by the " + lower(subject(facts)));
    }

    private static Diagnosis made(Facts facts, Findings findings, String subject) {
        return new Diagnosis(
                subject,
                findings.all(),
                facts.visits().clients(),
                facts.counts(),
                facts.history().counts());
    }

    private static String subject(Facts facts) {
        long seconds = Duration.between(facts.startedAt(), Instant.now()).toSeconds();
        String state = facts.closed() ? "closed" : "started " + seconds + " s ago";
        String reverse = facts.settings()
                .reverseTarget()
                .map(to -> ", a reverse proxy for " + to)
                .orElse("");
        return "Proxy on "
                + String.join(
                        ", ",
                        facts.addresses().values().stream().map(TextOf::address).toList()) + reverse + ", " + state
                + (facts.paused() ? ", paused" : "");
    }

    private static String lower(String subject) {
        return subject.replaceFirst("^Proxy", "proxy");
    }
}
