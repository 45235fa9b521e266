/** What the platform trusts, and the forms in which an authority's certificate is handed to clients. */
@NullMarked
package io.github.captureproxy.tls.internal.trust;

import org.jspecify.annotations.NullMarked;
