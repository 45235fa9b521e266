/** The pages that the proxy answers itself. */
@NullMarked
package io.github.captureproxy.tls.internal.pages;

import org.jspecify.annotations.NullMarked;
