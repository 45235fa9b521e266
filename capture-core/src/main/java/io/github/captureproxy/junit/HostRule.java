package io.github.captureproxy.junit;

import io.github.captureproxy.history.ExchangeFilter;
import java.util.Locale;

/** A host that tests may call: a whole name, or with {@code *.} all names under one. */
record HostRule(String text) {
    static HostRule parse(String text) {
        ExchangeFilter.host(text); // has the same forms, and the messages on others
        String name = text.toLowerCase(Locale.ROOT);
        return new HostRule(name.startsWith("[") && name.endsWith("]") ? name.substring(1, name.length() - 1) : name);
    }

    boolean allows(String host) {
        String name = host.toLowerCase(Locale.ROOT);
        return text.startsWith("*.") ? name.endsWith(text.substring(1)) : name.equals(text);
    }

    @Override
    public String toString() {
        return text;
    }
}
