package io.github.captureproxy.examples;

import java.io.PrintStream;
import java.util.concurrent.CountDownLatch;
import picocli.CommandLine;

/**
 * Starts a proxy, and lists live what its clients send and receive, until Ctrl-C. {@code --help} tells the options.
 * Exit code 2 means that it could not start, for a reason that stands on standard error in one line.
 */
public final class CaptureProxyMain {
    private static final int CANNOT_START = 2;

    private final PrintStream out;
    private final PrintStream err;
    private final Machine machine;
    private final Programs programs;

    CaptureProxyMain(PrintStream out, PrintStream err, Machine machine, Programs programs) {
        this.out = out;
        this.err = err;
        this.machine = machine;
        this.programs = programs;
    }

    /**
     * Runs until the process is told to end.
     *
     * @param args the options
     */
    public static void main(String[] args) {
        int code = new CaptureProxyMain(System.out, System.err, Machine.current(), Programs::start).run(args);
        if (code != 0) {
            System.exit(code);
        }
    }

    /** Does what the arguments say; returns the exit code, unless the process ends before that. */
    int run(String... args) {
        Options options = new Options();
        CommandLine command = new CommandLine(options);
        LiveCapture capture;
        try {
            command.parseArgs(args);
            if (command.isUsageHelpRequested()) {
                command.usage(out);
                return 0;
            }
            if (command.isVersionHelpRequested()) {
                command.printVersionHelp(out);
                return 0;
            }
            if (options.https.undo) {
                new Undo(machine, programs, out).run(options.https.folder(machine));
                return 0;
            }
            options.complete(machine.environment());
            capture = LiveCapture.start(options, machine, out, Terminal.layout(machine.environment()));
        } catch (CommandLine.ParameterException e) {
            return fail(e.getMessage() + "; --help lists the options");
        } catch (UsageException e) {
            return fail(String.valueOf(e.getMessage()));
        }
        capture.page().ifPresent(page -> {
            if (!options.page.noOpen) {
                page.show(programs);
            }
            NewLinks.onEnter(page, out);
        });
        runToEnd(capture);
        return 0;
    }

    private int fail(String message) {
        err.println("capture-proxy: " + PlainText.printable(message));
        return CANNOT_START;
    }

    /** Waits for the signal that ends the process: then the hook has the last word. */
    private static void runToEnd(LiveCapture capture) {
        Runtime.getRuntime().addShutdownHook(new Thread(capture::close, "capture-proxy-end"));
        try {
            new CountDownLatch(1).await();
        } catch (InterruptedException e) { // whoever embeds this wants it to end
            capture.close();
        }
    }
}
