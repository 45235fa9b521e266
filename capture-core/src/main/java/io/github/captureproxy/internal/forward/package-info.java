/** One exchange on its way: routes, connections to origins, the relay between both halves. */
@NullMarked
package io.github.captureproxy.internal.forward;

import org.jspecify.annotations.NullMarked;
