package io.github.captureproxy.internal.json;

/** What {@code null} in a JSON text stands for, as Java's own is not a value. */
public enum JsonNull {
    /** The only one. */
    NULL;

    @Override
    public String toString() {
        return "null";
    }
}
