/** The cookies that captured exchanges set and sent, as a user agent would keep them (RFC 6265). */
@NullMarked
package io.github.captureproxy.cookies;

import org.jspecify.annotations.NullMarked;
