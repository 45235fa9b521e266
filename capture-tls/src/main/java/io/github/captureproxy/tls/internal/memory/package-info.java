/** What is remembered of clients and origins: bounded, with a quota for each client address, expiring by a clock. */
@NullMarked
package io.github.captureproxy.tls.internal.memory;

import org.jspecify.annotations.NullMarked;
