package io.github.captureproxy.examples.benchmark.pure;

import io.github.captureproxy.tls.internal.issuing.AuthorityMaker;
import io.github.captureproxy.tls.internal.issuing.AuthorityTemplate;
import io.github.captureproxy.tls.internal.issuing.KeySpec;
import io.github.captureproxy.tls.internal.issuing.Leaf;
import io.github.captureproxy.tls.internal.issuing.LeafIssuer;
import io.github.captureproxy.tls.internal.issuing.LeafKind;
import io.github.captureproxy.tls.internal.issuing.LeafName;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.State;

/** Making the certificate that a client is shown. */
@State(Scope.Thread)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
public class LeafMaking {
    private final LeafIssuer issuer = new LeafIssuer(
            AuthorityMaker.make(
                    new AuthorityTemplate(KeySpec.EC_P256, "Benchmark", Duration.ofDays(30), List.of()), Instant.now()),
            Clock.systemUTC());
    private int made;

    /** A P-256 leaf for a name that is new, as all are signed. */
    @Benchmark
    public Leaf leaf() {
        return issuer.issue(LeafName.of("h" + ++made + ".shop.example"), LeafKind.EC);
    }
}
