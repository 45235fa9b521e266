/** Points clients at a proxy and has them trust its authority: the code of this JVM, other processes, containers. */
@NullMarked
package io.github.captureproxy.client;

import org.jspecify.annotations.NullMarked;
