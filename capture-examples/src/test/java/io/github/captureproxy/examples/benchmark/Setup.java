package io.github.captureproxy.examples.benchmark;

import java.io.IOException;
import java.io.PrintStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** The origins and the proxies, which live until the end of the run, and how long to measure. */
final class Setup implements AutoCloseable {
    private final Certificates certificates = new Certificates();
    private final LoopbackOrigin origin = new LoopbackOrigin(Optional.empty());
    private final LoopbackOrigin secureOrigin = new LoopbackOrigin(Optional.of(certificates));
    private final LoopbackOrigin http2Origin = LoopbackOrigin.http2(certificates);
    private final Path authority = Files.createTempFile("benchmark", ".der");
    private final Map<Contender, ProxyJvm> jvms = new EnumMap<>(Contender.class);
    private final Effort effort;

    Setup(Effort effort) throws IOException {
        this.effort = effort;
        certificates.writeAuthority(authority);
    }

    Effort effort() {
        return effort;
    }

    /** Direct, this proxy and LittleProxy; all of them to the origin that speaks TLS, or to the one that does not. */
    List<Route> all(boolean secure) throws IOException {
        return secure
                ? List.of(
                        Route.direct(secureOrigin),
                        through(Contender.THIS_PROXY_TLS),
                        through(Contender.LITTLE_PROXY_TLS))
                : List.of(Route.direct(origin), through(Contender.THIS_PROXY), through(Contender.LITTLE_PROXY));
    }

    /** The way through a proxy, which is started when it is first needed. */
    Route through(Contender contender) throws IOException {
        return through(contender, jvm(contender));
    }

    /** The way through a proxy in that JVM. */
    Route through(Contender contender, ProxyJvm jvm) {
        return new Route(contender.title(), jvm.port(), contender.isSecure() ? secureOrigin : origin, jvm::cpu);
    }

    /** The way through the example app. */
    Route through(String name, ExampleApp app) {
        return new Route(name, app.port(), origin, app::cpu);
    }

    /** To the origin that speaks HTTP/2, which answers with so many bytes; through this proxy, or direct. */
    Route http2(boolean proxied, int answerBytes) throws IOException {
        http2Origin.http2AnswerBytes(answerBytes);
        if (!proxied) {
            return new Route("direct, HTTP/2", http2Origin.port(), http2Origin, () -> Duration.ZERO);
        }
        ProxyJvm jvm = jvm(Contender.THIS_PROXY_TLS);
        return new Route("HTTP/2", jvm.port(), http2Origin, jvm::cpu);
    }

    /** To the origin that speaks HTTP/1.1 over TLS; through this proxy, or direct. */
    Route http1(boolean proxied, String name) throws IOException {
        if (!proxied) {
            return new Route(name, secureOrigin.port(), secureOrigin, () -> Duration.ZERO);
        }
        ProxyJvm jvm = jvm(Contender.THIS_PROXY_TLS);
        return new Route(name, jvm.port(), secureOrigin, jvm::cpu);
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
        flags.add("-D" + Contender.ORIGIN_AUTHORITY + "=" + authority);
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
        secureOrigin.close();
        http2Origin.close();
        Files.delete(authority);
    }

    /** The file of a contender's flight recording. */
    private static Path recording(Path folder, Contender contender) {
        return folder.resolve(contender + ".jfr");
    }

    /** Prints where the proxies' JVMs spent their time, if that was recorded; they have ended by then. */
    void printProfiles(PrintStream out) throws IOException {
        if (effort.profiles().isPresent()) {
            for (Contender contender : jvms.keySet()) {
                out.printf("%nProfile of %s%n", contender);
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
