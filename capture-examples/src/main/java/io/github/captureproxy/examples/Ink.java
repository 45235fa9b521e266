package io.github.captureproxy.examples;

/** The colours that lines are written in (ECMA-48 SGR). */
enum Ink {
    /** What matters less. */
    FAINT("2"),
    /** What succeeded. */
    GREEN("32"),
    /** What leads elsewhere. */
    CYAN("36"),
    /** What the client did wrong. */
    YELLOW("33"),
    /** What failed. */
    RED("31"),
    /** What left HTTP. */
    MAGENTA("35"),
    /** Headings and methods. */
    BOLD("1");

    private final String code;

    Ink(String code) {
        this.code = code;
    }

    /** The text in this colour. */
    String on(String text) {
        return "\u001b[" + code + "m" + text + "\u001b[0m";
    }
}
