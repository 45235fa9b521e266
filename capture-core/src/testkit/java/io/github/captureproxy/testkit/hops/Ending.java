package io.github.captureproxy.testkit.hops;

import io.github.captureproxy.exchange.HeaderList;
import java.util.OptionalLong;

/**
 * The rest of a message, and how it ended.
 *
 * @param content what had not been read before
 * @param trailers the fields behind it
 * @param whole false if it was cut short
 * @param code that of the RST_STREAM which cut it short, if one did
 */
public record Ending(byte[] content, HeaderList trailers, boolean whole, OptionalLong code) {}
