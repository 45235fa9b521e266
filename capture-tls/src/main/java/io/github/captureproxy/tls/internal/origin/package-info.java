/** TLS towards origins: whose certificate is trusted, for which name, and what is shown in return. */
@NullMarked
package io.github.captureproxy.tls.internal.origin;

import org.jspecify.annotations.NullMarked;
