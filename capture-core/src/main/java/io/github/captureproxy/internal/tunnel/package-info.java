/** CONNECT tunnels, raw relays and WebSocket. */
@NullMarked
package io.github.captureproxy.internal.tunnel;

import org.jspecify.annotations.NullMarked;
