package io.github.captureproxy.examples.benchmark;

import java.io.IOException;
import java.io.PrintStream;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

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
        List<String> flags = new ArrayList<>(effort.jvmFlags());
        effort.profiles()
                .ifPresent(folder -> flags.add("-XX:StartFlightRecording:settings=profile,dumponexit=true,filename="
                        + recording(folder, contender)));
        return new ProxyJvm(contender, flags);
    }

    @Override
    public void close() throws IOException {
        for (ProxyJvm jvm : jvms.values()) {
            jvm.close();
        }
        origin.close();
    }

    /** The file of a contender's flight recording. */
    private static Path recording(Path folder, Contender contender) {
        return folder.resolve(contender.title().replace(' ', '-') + ".jfr");
    }

    /** Prints where the proxies' JVMs spent their time, if that was recorded; they have ended by then. */
    void printProfiles(PrintStream out) throws IOException {
        if (effort.profiles().isPresent()) {
            for (Contender contender : jvms.keySet()) {
                out.printf("%nProfile of %s%n", contender.title());
                Profile.read(recording(effort.profiles().get(), contender)).print(out);
            }
        }
    }

    /**
     * How long to measure.
     *
     * @param rounds how often each route has its turn
     * @param turn how long a turn is
     * @param warmUp how long each route runs before the first round
     * @param jvmFlags what the proxies' JVMs get besides their common flags
     * @param profiles where their flight recordings go, if any are made
     */
    record Effort(int rounds, Duration turn, Duration warmUp, List<String> jvmFlags, Optional<Path> profiles) {}
}
