/** HTTP/2 connections (RFC 9113): frames, field sections, flow control, and the streams of either role. */
@NullMarked
package io.github.captureproxy.internal.http2;

import org.jspecify.annotations.NullMarked;
