package io.github.captureproxy.tls.internal.leaf;

import io.github.captureproxy.tls.internal.issuing.LeafKind;
import io.github.captureproxy.tls.internal.issuing.LeafName;

/**
 * Makes what a cache keeps. Called on the thread of whoever asks first, outside all locks, for different names on
 * several threads at once.
 *
 * @param <V> what it makes
 */
@FunctionalInterface
public interface LeafMaker<V> {
    /**
     * Makes a value. It must not ask the same cache for the same name.
     *
     * @param name the name
     * @param kind the kind of key
     * @return the value, and how long it is good
     */
    Made<V> make(LeafName name, LeafKind kind);
}
