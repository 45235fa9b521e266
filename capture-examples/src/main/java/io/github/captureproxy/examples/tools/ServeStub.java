package io.github.captureproxy.examples.tools;

import io.github.captureproxy.CaptureProxy;
import io.github.captureproxy.InvalidConfigurationException;
import io.github.captureproxy.ProxyStartException;
import io.github.captureproxy.exchange.Exchange;
import io.github.captureproxy.rules.Stub;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.CountDownLatch;

/**
 * Answers as a recorded session did, without the network: the base URL that it prints takes the place of the recorded
 * host, whatever that was. What was never recorded gets 501, with the nearest recorded request in words.
 */
public final class ServeStub {
    private static final String USAGE = "usage: ServeStub FILE.har|FILE.jsonl [PORT]";

    private static final int CANNOT_START = 2;

    private ServeStub() {}

    /**
     * Runs the tool until Ctrl-C.
     *
     * @param args see its usage line
     * @throws InterruptedException if it is interrupted
     */
    public static void main(String[] args) throws InterruptedException {
        System.exit(run(args, System.err));
    }

    /** Ends early only where it can't start: says why, and returns the exit code. */
    static int run(String[] args, PrintStream err) throws InterruptedException {
        boolean usable = args.length == 1 || args.length == 2 && args[1].matches("[0-9]{1,5}");
        if (!usable) {
            err.println(USAGE);
            return CANNOT_START;
        }
        Path file = Path.of(args[0]);
        try (CaptureProxy stub = start(file, args.length == 2 ? Integer.parseInt(args[1]) : 0)) {
            System.out.println("base URL " + stub.uri() + ", Ctrl-C ends it");
            new CountDownLatch(1).await();
        } catch (IOException e) {
            err.println("ServeStub: " + SessionFile.problem(file, e));
        } catch (ProxyStartException | InvalidConfigurationException e) {
            err.println("ServeStub: it can't listen there: " + e.getMessage());
        }
        return CANNOT_START;
    }

    /** Starts it; port 0 picks a free one. */
    static CaptureProxy start(Path file, int port) throws IOException {
        List<Exchange> recorded = SessionFile.read(file);
        // Requests that are alike get their recorded answers in turn. matchingBodies() would tell them apart by body,
        // too.
        return CaptureProxy.builder().port(port).rule(Stub.of(recorded).rule()).start();
    }
}
