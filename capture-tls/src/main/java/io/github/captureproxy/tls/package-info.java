/** Looks inside HTTPS, and leaves alone what cannot be inspected. */
@NullMarked
package io.github.captureproxy.tls;

import org.jspecify.annotations.NullMarked;
