package io.github.captureproxy.testkit.hops;

import io.github.captureproxy.CaptureProxyBuilder;
import java.util.function.UnaryOperator;

/** A way through the proxy: what is spoken on each hop, and how the client gets to the origin. */
public interface Hops {
    /** What the client speaks. */
    Version client();

    /** What the origin speaks. */
    Version origin();

    /** Tells if the client has a tunnel opened. */
    boolean isTunnel();

    /** Tells if both hops are in TLS. */
    boolean isSecure();

    /** Tells if the client's connection leads to one connection of the origin's, and no other can stand in for it. */
    default boolean isBound() {
        return isTunnel() && !isSecure();
    }

    /** Starts an origin, with settings of HTTP/2, and a proxy, with options. */
    HopsRig start(UnaryOperator<CaptureProxyBuilder> options, int... settings) throws Exception;

    /** Tells if either side speaks HTTP/2, in which names have no case. */
    default boolean losesCase() {
        return client() == Version.HTTP_2 || origin() == Version.HTTP_2;
    }

    /** Tells if both sides have streams. */
    default boolean hasStreams() {
        return client() == Version.HTTP_2 && origin() == Version.HTTP_2;
    }
}
