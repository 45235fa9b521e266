/** What is known of a proxy and of what surrounds it, and what that says of calls that are missing. */
@NullMarked
package io.github.captureproxy.internal.diagnosis;

import org.jspecify.annotations.NullMarked;
