package io.github.captureproxy.examples;

import java.io.PrintStream;
import java.util.Optional;
import picocli.CommandLine;

/**
 * Starts a proxy, and lists live what its clients send and receive, until Ctrl-C, or for as long as a browser or a
 * command runs. {@code --help} tells the options. Exit code 2 means that it could not start, for a reason that stands on
 * standard error in one line; that of a command is its own.
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
                new AndroidUndo(machine).all().forEach(out::println);
                new Undo(machine, programs, out).run(options.https.folder(machine));
                return 0;
            }
            options.complete(machine.environment());
            Optional<BrowserStart> browser = BrowserStart.of(options.browser, machine);
            LiveCapture capture = start(options);
            capture.page().ifPresent(page -> {
                if (!options.page.noOpen) {
                    page.show(programs);
                }
                NewLinks.onEnter(page, out);
            });
            return new CaptureRun(capture, options, err).run(browser);
        } catch (CommandLine.ParameterException e) {
            return fail(e.getMessage() + "; --help lists the options", CANNOT_START);
        } catch (UsageException e) {
            return fail(String.valueOf(e.getMessage()), e.exitCode());
        }
    }

    /** Standard output is a command's own, if one is run. */
    private LiveCapture start(Options options) {
        return options.record.hasCommand()
                ? LiveCapture.start(options, machine, err, Layout.PLAIN)
                : LiveCapture.start(options, machine, out, Terminal.layout(machine.environment()));
    }

    private int fail(String message, int code) {
        err.println("capture-proxy: " + PlainText.printable(message));
        return code;
    }
}
