/** Keeps what was made for a name as long as it is good for use. */
@NullMarked
package io.github.captureproxy.tls.internal.leaf;

import org.jspecify.annotations.NullMarked;
