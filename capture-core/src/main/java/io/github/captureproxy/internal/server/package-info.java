/** Listening, connection set-up, limits, and the client's side of HTTP/1.1. */
@NullMarked
package io.github.captureproxy.internal.server;

import org.jspecify.annotations.NullMarked;
