/** What runs at a desk: a proxy that can be set otherwise while its history goes on, and the session it records into. */
@NullMarked
package io.github.captureproxy.examples.desk;

import org.jspecify.annotations.NullMarked;
