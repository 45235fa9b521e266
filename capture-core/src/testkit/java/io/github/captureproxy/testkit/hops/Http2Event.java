package io.github.captureproxy.testkit.hops;

import io.github.captureproxy.exchange.Header;
import java.util.List;

/** What happens on a stream. */
sealed interface Http2Event {
    /** A header block. */
    record Block(List<Header> fields, boolean ends) implements Http2Event {}

    /** Content. */
    record Data(byte[] content, boolean ends) implements Http2Event {}

    /** The peer has reset it. */
    record Reset(long code) implements Http2Event {}

    /** The connection has ended. */
    record Gone() implements Http2Event {}
}
