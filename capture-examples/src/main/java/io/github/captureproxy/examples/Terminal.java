package io.github.captureproxy.examples;

import static java.nio.charset.StandardCharsets.US_ASCII;

import java.io.Console;
import java.io.File;
import java.io.IOException;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Finds out what standard output is. */
final class Terminal {
    /** What a terminal that does not tell is taken for. */
    private static final int USUAL_WIDTH = 100;

    private static final int STTY_SECONDS = 2;
    private static final Pattern ROWS_AND_COLUMNS = Pattern.compile("[0-9]+ ([1-9][0-9]{0,4})");

    private Terminal() {}

    /** The layout that suits standard output, coloured unless the environment forbids it (no-color.org). */
    static Layout layout(Map<String, String> environment) {
        if (!isTerminal()) {
            return Layout.PLAIN;
        }
        boolean dumb =
                environment.getOrDefault("TERM", isWindows() ? "dumb" : "").equals("dumb")
                        && !environment.containsKey("WT_SESSION"); // Windows Terminal, which sets no TERM
        boolean colour = environment.getOrDefault("NO_COLOR", "").isEmpty() && !dumb;
        return Layout.terminal(width(), colour);
    }

    /** Since JDK 22 there is a console even where output goes to a file, and a method that tells; before, just none. */
    @SuppressWarnings("SystemConsoleNull") // null is one of several answers here
    private static boolean isTerminal() {
        Console console = System.console();
        if (console == null) {
            return false;
        }
        try {
            return Boolean.TRUE.equals(Console.class.getMethod("isTerminal").invoke(console));
        } catch (NoSuchMethodException e) {
            return true; // JDK 17 to 21: there is a console on a terminal alone
        } catch (ReflectiveOperationException e) {
            return false; // it can't tell: no colours then
        }
    }

    private static boolean isWindows() {
        return System.getProperty("os.name", "").toLowerCase(Locale.ROOT).startsWith("windows");
    }

    private static int width() {
        if (isWindows()) {
            return USUAL_WIDTH;
        }
        try {
            Process stty = new ProcessBuilder(List.of("stty", "size"))
                    .redirectInput(new File("/dev/tty"))
                    .redirectError(ProcessBuilder.Redirect.DISCARD)
                    .start();
            if (!stty.waitFor(STTY_SECONDS, TimeUnit.SECONDS)) {
                stty.destroyForcibly();
                return USUAL_WIDTH;
            }
            Matcher size =
                    ROWS_AND_COLUMNS.matcher(new String(stty.getInputStream().readAllBytes(), US_ASCII).strip());
            return size.matches() ? Integer.parseInt(size.group(1)) : USUAL_WIDTH;
        } catch (IOException e) {
            return USUAL_WIDTH; // no stty, or no controlling terminal
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return USUAL_WIDTH;
        }
    }
}
