package io.github.captureproxy.examples.desk;

/**
 * A process of this machine that is a client of the proxy.
 *
 * @param name what the system calls it, of up to 15 characters
 * @param pid its number
 * @param command its command line, of up to 4 KiB; it may hold secrets
 */
public record ClientProcess(String name, long pid, String command) {
    /** Name and number, without the command. */
    @Override
    public String toString() {
        return name + " (" + pid + ")";
    }
}
