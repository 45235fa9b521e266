/**
 * Starts an installed browser whose traffic goes through a proxy, and that trusts the proxy's authority for one profile
 * alone. Nothing is installed on the system.
 */
@NullMarked
package io.github.captureproxy.examples.browser;

import org.jspecify.annotations.NullMarked;
