package io.github.captureproxy.examples.benchmark.pure;

import io.github.captureproxy.tls.HstsPreloadList;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Random;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;

/** The list of HSTS hosts, with made-up names but of the real one's size and shape. */
@State(Scope.Thread)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
public class PreloadLookUp {
    private static final int NAMES = 95_000;
    private static final int ASKED = 4_096;
    private static final String[] SUFFIXES = {".com", ".de", ".org", ".net", ".co.uk", ".nl", ".fr", ".io"};

    /** So that every run has the same names. */
    private static final long SEED = 6797;

    private final String[] listed = new String[ASKED];
    private final String[] others = new String[ASKED];
    private byte[] json = {};
    private HstsPreloadList list = HstsPreloadList.topLevelDomains();
    private int at;

    /** Makes the names up. */
    @Setup
    public void makeNames() throws IOException {
        Random random = new Random(SEED);
        StringBuilder text = new StringBuilder("{\n  \"entries\": [\n");
        for (int i = 0; i < NAMES; i++) {
            String name = name(random);
            if (i < ASKED) {
                listed[i] = "www." + name;
                others[i] = "www.other" + i + SUFFIXES[i % SUFFIXES.length];
            }
            text.append("    { \"name\": \"")
                    .append(name)
                    .append(
                            "\", \"policy\": \"bulk-1-year\", \"mode\": \"force-https\", \"include_subdomains\": true }")
                    .append(i < NAMES - 1 ? ",\n" : "\n");
        }
        json = text.append("  ]\n}\n").toString().getBytes(StandardCharsets.ISO_8859_1);
        list = HstsPreloadList.read(new ByteArrayInputStream(json));
    }

    private static String name(Random random) {
        StringBuilder name = new StringBuilder();
        for (int letters = 4 + random.nextInt(14); letters > 0; letters--) {
            name.append((char) ('a' + random.nextInt(26)));
        }
        return name.append(SUFFIXES[random.nextInt(SUFFIXES.length)]).toString();
    }

    private String next(String[] names) {
        return names[at++ & (ASKED - 1)];
    }

    /** A subdomain of a name on the list. */
    @Benchmark
    public boolean listed() {
        return list.covers(next(listed));
    }

    /** A name that is not on it. */
    @Benchmark
    public boolean unlisted() {
        return list.covers(next(others));
    }

    /** Reading the list. */
    @Benchmark
    public HstsPreloadList load() throws IOException {
        return HstsPreloadList.read(new ByteArrayInputStream(json));
    }
}
