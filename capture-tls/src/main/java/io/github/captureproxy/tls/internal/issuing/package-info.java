/** Makes certificates and reads PEM: the only package that knows the certificate library. */
@NullMarked
package io.github.captureproxy.tls.internal.issuing;

import org.jspecify.annotations.NullMarked;
