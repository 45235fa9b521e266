package io.github.captureproxy.tls.recipes;

import io.github.captureproxy.CaptureProxy;
import java.net.URI;

/** A client that is pointed at the proxy, and that trusts its authority. */
interface Recipe {
    /** Gets what is at a target, and returns the body. */
    String get(CaptureProxy proxy, URI target) throws Exception;

    /** The name by which it reaches this machine: one that by default is kept from proxies, where that can be helped. */
    default String host() {
        return "localhost";
    }
}
