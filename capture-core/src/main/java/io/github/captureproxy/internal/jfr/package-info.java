/** Events of the JDK's Flight Recorder. */
@NullMarked
package io.github.captureproxy.internal.jfr;

import org.jspecify.annotations.NullMarked;
