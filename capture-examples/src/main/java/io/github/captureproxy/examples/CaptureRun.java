package io.github.captureproxy.examples;

import io.github.captureproxy.examples.browser.BrowserSession;
import java.io.PrintStream;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import org.jspecify.annotations.Nullable;

/**
 * How long a capture goes on: for as long as the command of {@code --then} runs; else until the browser is closed, but for
 * a page that is there to look at what it sent; else until the process is told to end. Then all that was started is ended,
 * and what was recorded is written.
 */
final class CaptureRun {
    private static final int BROWSER_FAILED = 1;

    private final LiveCapture capture;
    private final Options options;
    private final PrintStream err;
    private @Nullable CapturedCommand command;
    private @Nullable BrowserSession browser;
    private boolean ended;

    CaptureRun(LiveCapture capture, Options options, PrintStream err) {
        this.capture = capture;
        this.options = options;
        this.err = err;
    }

    /** Runs to the end; gives the exit code. Throws {@link UsageException} if the command or browser can't start. */
    int run(Optional<BrowserStart> start) {
        Runtime.getRuntime().addShutdownHook(new Thread(this::end, "capture-proxy-end"));
        try {
            begin(start);
            return await();
        } catch (InterruptedException e) { // whoever embeds this wants it to end
            return 0;
        } catch (UsageException e) {
            capture.abandon();
            throw e;
        } finally {
            end();
        }
    }

    private synchronized void begin(Optional<BrowserStart> start) {
        if (ended) {
            return;
        }
        if (start.isPresent()) {
            browser = start.get().run(capture, err);
        }
        if (options.record.hasCommand()) {
            command = CapturedCommand.start(options, capture.proxy());
        }
    }

    private int await() throws InterruptedException {
        if (command != null) {
            return command.await();
        }
        if (browser == null) {
            new CountDownLatch(1).await(); // until the hook has the last word
            return 0;
        }
        Optional<String> problem = browser.awaitExit();
        problem.ifPresent(words -> err.println("capture-proxy: " + PlainText.printable(words)));
        if (capture.page().isPresent() && options.record.file == null) {
            err.println("capture-proxy: the browser is closed; the page stays until Ctrl-C");
            new CountDownLatch(1).await();
        }
        return problem.isEmpty() ? 0 : BROWSER_FAILED;
    }

    /** A second call waits for the first. */
    private synchronized void end() {
        if (ended) {
            return;
        }
        ended = true;
        if (command != null) {
            command.close();
        }
        if (browser != null) {
            browser.close();
        }
        capture.close();
    }
}
