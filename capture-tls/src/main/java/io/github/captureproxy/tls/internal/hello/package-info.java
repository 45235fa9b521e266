/** Whether the JDK can serve a client's hello. */
@NullMarked
package io.github.captureproxy.tls.internal.hello;

import org.jspecify.annotations.NullMarked;
