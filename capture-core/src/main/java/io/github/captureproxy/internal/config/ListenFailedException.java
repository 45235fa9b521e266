package io.github.captureproxy.internal.config;

import java.io.IOException;

/** One of the addresses cannot be listened on. */
public final class ListenFailedException extends IOException {
    private static final long serialVersionUID = 1;

    private final transient ListenAddress address;

    /**
     * Names the address.
     *
     * @param address the address
     * @param cause what the operating system says
     */
    public ListenFailedException(ListenAddress address, IOException cause) {
        super(cause.getMessage(), cause);
        this.address = address;
    }

    /**
     * The address.
     *
     * @return the address that was asked for
     */
    public ListenAddress address() {
        return address;
    }
}
