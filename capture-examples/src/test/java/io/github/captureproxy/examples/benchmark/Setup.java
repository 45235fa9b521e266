package io.github.captureproxy.examples.benchmark;

import java.io.IOException;
import java.time.Duration;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;

/** The origin and the proxies, which live until the end of the run, and how long to measure. */
final class Setup implements AutoCloseable {
    private final LoopbackOrigin origin = new LoopbackOrigin();
    private final Map<Contender, ProxyJvm> jvms = new EnumMap<>(Contender.class);
    private final Effort effort;

    Setup(Effort effort) throws IOException {
        this.effort = effort;
    }

    Effort effort() {
        return effort;
    }

    Route direct() {
        return Route.direct(origin.port());
    }

    /** Direct, this proxy and LittleProxy. */
    List<Route> all() throws IOException {
        return List.of(direct(), through(Contender.THIS_PROXY), through(Contender.LITTLE_PROXY));
    }

    /** The way through a proxy, which is started when it is first needed. */
    Route through(Contender contender) throws IOException {
        return through(contender, jvm(contender));
    }

    /** The way through a proxy in that JVM. */
    Route through(Contender contender, ProxyJvm jvm) {
        return new Route(contender.title(), jvm.port(), origin.port(), jvm::cpu);
    }

    ProxyJvm jvm(Contender contender) throws IOException {
        ProxyJvm jvm = jvms.get(contender);
        if (jvm == null) {
            jvm = fresh(contender);
            jvms.put(contender, jvm);
        }
        return jvm;
    }

    /** A JVM besides the lasting one; the caller closes it. */
    ProxyJvm fresh(Contender contender) throws IOException {
        return new ProxyJvm(contender, effort.jvmFlags());
    }

    @Override
    public void close() throws IOException {
        for (ProxyJvm jvm : jvms.values()) {
            jvm.close();
        }
        origin.close();
    }

    /**
     * How long to measure.
     *
     * @param rounds how often each route has its turn
     * @param turn how long a turn is
     * @param warmUp how long each route runs before the first round
     * @param jvmFlags what the proxies' JVMs get besides their common flags
     */
    record Effort(int rounds, Duration turn, Duration warmUp, List<String> jvmFlags) {}
}
