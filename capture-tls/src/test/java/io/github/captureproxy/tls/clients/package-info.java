/** Inspection as clients meet it that were not written for it. */
@NullMarked
package io.github.captureproxy.tls.clients;

import org.jspecify.annotations.NullMarked;
