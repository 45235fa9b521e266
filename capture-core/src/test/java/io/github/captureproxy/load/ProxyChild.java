package io.github.captureproxy.load;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.github.captureproxy.CaptureProxy;
import io.github.captureproxy.exchange.Exchange;
import io.github.captureproxy.exchange.InFlightExchange.WaitingFor;
import io.github.captureproxy.history.HistoryLimits;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.lang.management.BufferPoolMXBean;
import java.lang.management.ManagementFactory;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;

/** A proxy in a JVM of its own, with a small heap. It is asked by lines on its standard input, and ends with that. */
final class ProxyChild implements AutoCloseable {
    private static final String HEAP = "64m";

    private final Process process;
    private final BufferedReader answers;
    private final int port;

    private ProxyChild(Process process) throws IOException {
        this.process = process;
        this.answers = new BufferedReader(new InputStreamReader(process.getInputStream(), UTF_8));
        this.port = Integer.parseInt(answers.readLine());
    }

    /** Starts one. */
    static ProxyChild start() throws IOException {
        String classPath = System.getProperty("surefire.test.class.path", System.getProperty("java.class.path"));
        List<String> command = new ArrayList<>();
        command.add(System.getProperty("java.home") + "/bin/java");
        command.addAll(List.of("-Xmx" + HEAP, "-Xshare:auto", "-cp", classPath, ProxyChild.class.getName()));
        return new ProxyChild(new ProcessBuilder(command)
                .redirectError(ProcessBuilder.Redirect.DISCARD)
                .start());
    }

    int port() {
        return port;
    }

    /** Bytes of heap, after a collection, and of direct buffers. */
    long memory() {
        return Long.parseLong(ask("memory"));
    }

    /** How many exchanges wait for their clients to read. */
    int waitingForClients() {
        return Integer.parseInt(ask("waiting"));
    }

    /** The exchanges of its history: request and response sizes, outcome. */
    List<String> history() {
        return List.of(ask("history").split(";", -1));
    }

    private String ask(String what) {
        try {
            process.getOutputStream().write((what + "\n").getBytes(UTF_8));
            process.getOutputStream().flush();
            return String.valueOf(answers.readLine());
        } catch (IOException e) {
            throw new AssertionError("the proxy's process is gone", e);
        }
    }

    @Override
    public void close() throws IOException, InterruptedException {
        process.getOutputStream().close();
        boolean ended = process.waitFor(20, TimeUnit.SECONDS);
        process.destroyForcibly();
        process.getInputStream().close();
        if (!ended || process.exitValue() != 0) {
            throw new IOException("the proxy's process did not end in an orderly way");
        }
    }

    /** What runs in the child. */
    public static void main(String[] arguments) throws IOException {
        // Room for all that is recorded in the end, each of them up to the limit of its body.
        HistoryLimits roomy =
                HistoryLimits.defaults().withMaxBytes(Runtime.getRuntime().maxMemory() / 4);
        try (CaptureProxy proxy = CaptureProxy.builder().port(0).history(roomy).start();
                BufferedReader questions = new BufferedReader(new InputStreamReader(System.in, UTF_8))) {
            System.out.println(proxy.port());
            String question = questions.readLine();
            while (question != null) {
                System.out.println(
                        switch (question) {
                            case "memory" -> "" + measure();
                            case "waiting" ->
                                ""
                                        + proxy.history().inFlight().stream()
                                                .filter(it -> it.waitingFor() == WaitingFor.CLIENT_READ)
                                                .count();
                            default ->
                                String.join(
                                        ";",
                                        proxy.history().stream()
                                                .map(ProxyChild::describe)
                                                .toList());
                        });
                question = questions.readLine();
            }
        }
    }

    private static String describe(Exchange exchange) {
        return exchange.outcome().status() + " " + exchange.sizes().requestBody() + " "
                + exchange.sizes().responseBody();
    }

    private static long measure() {
        System.gc();
        long direct = ManagementFactory.getPlatformMXBeans(BufferPoolMXBean.class).stream()
                .filter(pool -> pool.getName().equals("direct"))
                .mapToLong(BufferPoolMXBean::getMemoryUsed)
                .sum();
        return direct + ManagementFactory.getMemoryMXBean().getHeapMemoryUsage().getUsed();
    }
}
