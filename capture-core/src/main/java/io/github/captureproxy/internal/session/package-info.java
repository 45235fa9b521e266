/** Runs sessions: what they take in while traffic flows, and their threads. */
@NullMarked
package io.github.captureproxy.internal.session;

import org.jspecify.annotations.NullMarked;
