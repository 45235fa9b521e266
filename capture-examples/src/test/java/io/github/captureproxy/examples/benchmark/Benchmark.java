package io.github.captureproxy.examples.benchmark;

import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** Compares this proxy with direct access and LittleProxy. */
@Command(name = "benchmark", mixinStandardHelpOptions = true, showDefaultValues = true)
final class Benchmark implements Callable<Integer> {
    @Parameters(arity = "0..*", description = "What to measure: ${COMPLETION-CANDIDATES}. All unless given.")
    private List<Scenario> scenarios = List.of();

    @Option(names = "--rounds", defaultValue = "7", description = "How often each route has its turn.")
    private int rounds;

    @Option(names = "--seconds", defaultValue = "2", description = "How long a turn is.")
    private double seconds;

    @Option(
            names = "--warm-up",
            defaultValue = "5",
            description = "Seconds that each route runs before the rounds; 20 times that for new connections.")
    private double warmUp;

    @Option(
            names = "--profile",
            paramLabel = "FOLDER",
            description = "Keep a flight recording of each proxy there, and print its hot methods.")
    private Optional<Path> profiles = Optional.empty();

    @Option(names = "--jvm", paramLabel = "FLAG", description = "One more flag for the proxies' JVMs.")
    private List<String> jvmFlags = new ArrayList<>();

    private Benchmark() {}

    /** Takes the names of scenarios, and options. */
    public static void main(String[] arguments) {
        System.exit(new CommandLine(new Benchmark())
                .setCaseInsensitiveEnumValuesAllowed(true)
                .execute(arguments));
    }

    @Override
    public Integer call() throws Exception {
        Report report = new Report(System.out);
        Setup setup = new Setup(new Setup.Effort(rounds, duration(seconds), duration(warmUp), jvmFlags, profiles));
        try (setup) {
            for (Scenario scenario : scenarios.isEmpty() ? List.of(Scenario.values()) : scenarios) {
                scenario.run(setup, report);
            }
        }
        setup.printProfiles(System.out);
        return 0;
    }

    private static Duration duration(double seconds) {
        return Duration.ofMillis(Math.round(seconds * 1000));
    }
}
