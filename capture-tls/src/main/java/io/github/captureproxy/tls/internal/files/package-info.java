/** Keeps the authority in a folder that several processes may use at once. */
@NullMarked
package io.github.captureproxy.tls.internal.files;

import org.jspecify.annotations.NullMarked;
