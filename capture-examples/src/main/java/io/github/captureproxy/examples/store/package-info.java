/** A history in an embedded database: it outlives the program, and is listed, filtered and searched in it. */
@NullMarked
package io.github.captureproxy.examples.store;

import org.jspecify.annotations.NullMarked;
