package io.github.captureproxy.testkit.hops;

import io.github.captureproxy.exchange.HeaderList;

/**
 * A request's head in words that all versions share.
 *
 * @param method the method
 * @param authority that of {@code Host} or {@code :authority}
 * @param path with the query
 * @param fields all but {@code Host} and the coding into chunks, in their order
 */
public record TestRequest(String method, String authority, String path, HeaderList fields) {}
