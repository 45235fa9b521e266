/** Lets devices of the local network in, one by one, by a code that they enter. */
@NullMarked
package io.github.captureproxy.examples.lan;

import org.jspecify.annotations.NullMarked;
