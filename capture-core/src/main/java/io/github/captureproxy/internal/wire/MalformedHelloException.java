package io.github.captureproxy.internal.wire;

/** The bytes are no ClientHello; it never leaves this package, and costs no stack trace. */
final class MalformedHelloException extends Exception {

    private static final long serialVersionUID = 1L;

    MalformedHelloException() {
        super("no well-formed ClientHello", null, false, false);
    }
}
