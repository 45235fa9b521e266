package io.github.captureproxy.examples.benchmark;

import io.github.captureproxy.exchange.CapturedBody;
import io.github.captureproxy.exchange.CapturedRequest;
import io.github.captureproxy.exchange.CapturedResponse;
import io.github.captureproxy.exchange.ClientInfo;
import io.github.captureproxy.exchange.Exchange;
import io.github.captureproxy.exchange.HeaderList;
import io.github.captureproxy.exchange.HttpOrigin;
import io.github.captureproxy.export.Export;
import io.github.captureproxy.export.ExportFormat;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Iterator;
import java.util.Optional;
import java.util.Random;
import java.util.function.LongFunction;
import java.util.stream.LongStream;

/**
 * How fast 10,000 exchanges with 100 MB of bodies are written as a HAR file, secrets redacted, and how much heap is live
 * meanwhile. They are made as they are written, as they would come from a file of JSON lines; their bodies are shared.
 */
final class HarExport {
    private static final int EXCHANGES = 10_000;
    private static final int BODY_BYTES = 10_000;
    private static final int KINDS = 64;
    private static final double MEGA = 1e6;

    void measure(Setup setup, Report report) throws IOException {
        measure(setup, report, "HAR export, 100 MB of JSON", HarExport::json);
        measure(setup, report, "HAR export, 100 MB of binary", HarExport::binary);
    }

    private static void measure(Setup setup, Report report, String title, LongFunction<Exchange> make)
            throws IOException {
        report.title(title);
        ExportFormat har = Export.har();
        Path file = Files.createTempFile("benchmark", ".har");
        try {
            long end = System.nanoTime() + setup.effort().warmUp().toNanos();
            do {
                har.write(exchanges(make), file);
            } while (System.nanoTime() < end);
            double[] speeds = new double[setup.effort().rounds()];
            for (int round = 0; round < speeds.length; round++) {
                long start = System.nanoTime();
                har.write(exchanges(make), file);
                speeds[round] = (double) EXCHANGES * BODY_BYTES / MEGA / seconds(System.nanoTime() - start);
            }
            report.number("bodies", speeds, "MB/s");
            report.number("the file", new double[] {Files.size(file) / MEGA}, "MB");
            report.number("live heap, half-way", new double[] {liveHeap(har, file, make)}, "MB");
        } finally {
            Files.delete(file);
        }
    }

    private static double seconds(long nanos) {
        return nanos / (double) Duration.ofSeconds(1).toNanos();
    }

    private static double liveHeap(ExportFormat har, Path file, LongFunction<Exchange> make) throws IOException {
        double[] live = new double[1];
        har.write(
                exchanges(id -> {
                    if (id == EXCHANGES / 2) {
                        System.gc();
                        live[0] = ManagementFactory.getMemoryMXBean()
                                        .getHeapMemoryUsage()
                                        .getUsed()
                                / MEGA;
                    }
                    return make.apply(id);
                }),
                file);
        return live[0];
    }

    private static Iterable<Exchange> exchanges(LongFunction<Exchange> make) {
        return () -> {
            Iterator<Exchange> each =
                    LongStream.rangeClosed(1, EXCHANGES).mapToObj(make).iterator();
            return each;
        };
    }

    private static final HeaderList ASKED = HeaderList.of(
            "Host",
            "shop.test",
            "Accept",
            "application/json",
            "Authorization",
            "Bearer 1234567890abcdef",
            "Cookie",
            "session=abcdef; theme=dark",
            "User-Agent",
            "benchmark/1.0");
    private static final HeaderList JSON = HeaderList.of(
            "Content-Type", "application/json", "Content-Length", "10000", "Set-Cookie", "session=fedcba");
    private static final HeaderList BINARY = HeaderList.of("Content-Type", "image/jpeg", "Content-Length", "10000");
    private static final CapturedBody[] TEXTS = new CapturedBody[KINDS];
    private static final CapturedBody[] PICTURES = new CapturedBody[KINDS];

    static {
        Random random = new Random(1);
        for (int i = 0; i < KINDS; i++) {
            TEXTS[i] = CapturedBody.of(text(random), JSON);
            byte[] picture = new byte[BODY_BYTES];
            random.nextBytes(picture);
            PICTURES[i] = CapturedBody.of(picture, BINARY);
        }
    }

    /** Objects as APIs send them; every other body has a secret. */
    private static byte[] text(Random random) {
        StringBuilder text = new StringBuilder("{\"items\":[");
        while (text.length() < BODY_BYTES - 200) {
            text.append("{\"id\":")
                    .append(random.nextInt())
                    .append(",\"name\":\"Item ")
                    .append(random.nextInt());
            text.append("\",\"note\":\"Gr\u00fc\u00dfe\",\"price\":")
                    .append(random.nextInt(10_000))
                    .append("},");
        }
        text.append("0],")
                .append(random.nextBoolean() ? "\"token\":\"abc\"," : "")
                .append("\"pad\":\"");
        while (text.toString().getBytes(StandardCharsets.UTF_8).length < BODY_BYTES - 2) {
            text.append('x');
        }
        return text.append("\"}").toString().getBytes(StandardCharsets.UTF_8);
    }

    private static Exchange json(long id) {
        return exchange(id, JSON, TEXTS[(int) (id % KINDS)]);
    }

    private static Exchange binary(long id) {
        return exchange(id, BINARY, PICTURES[(int) (id % KINDS)]);
    }

    private static Exchange exchange(long id, HeaderList headers, CapturedBody body) {
        ClientInfo client = new ClientInfo(
                InetSocketAddress.createUnresolved("127.0.0.1", 50_000), id % 8, "main", Optional.empty());
        CapturedRequest request = new CapturedRequest(
                "GET",
                "http://shop.test/items?page=" + id + "&token=abc",
                "HTTP/1.1",
                new HttpOrigin("http", "shop.test", 80),
                ASKED,
                CapturedBody.empty(),
                HeaderList.empty());
        return Exchange.builder(id, client, request)
                .response(new CapturedResponse(200, "OK", "HTTP/1.1", headers, body, HeaderList.empty()))
                .build();
    }
}
