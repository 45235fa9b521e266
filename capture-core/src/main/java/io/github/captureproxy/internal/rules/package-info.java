/** Which rules a request meets, and what they make of it: pure but for the threads that a program's functions run on. */
@NullMarked
package io.github.captureproxy.internal.rules;

import org.jspecify.annotations.NullMarked;
