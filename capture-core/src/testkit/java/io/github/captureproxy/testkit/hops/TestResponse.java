package io.github.captureproxy.testkit.hops;

import io.github.captureproxy.exchange.HeaderList;

/**
 * A response's head in words that all versions share.
 *
 * @param status the status, which may be that of an interim response
 * @param fields all but the coding into chunks, in their order
 */
public record TestResponse(int status, HeaderList fields) {
    /** Names and values by turns. */
    public static TestResponse of(int status, String... namesAndValues) {
        return new TestResponse(status, HeaderList.of(namesAndValues));
    }
}
