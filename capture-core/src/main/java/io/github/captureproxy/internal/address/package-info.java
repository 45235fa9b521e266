/** IP addresses, networks and the machine's own names, as text and as values: pure, without a name look-up. */
@NullMarked
package io.github.captureproxy.internal.address;

import org.jspecify.annotations.NullMarked;
