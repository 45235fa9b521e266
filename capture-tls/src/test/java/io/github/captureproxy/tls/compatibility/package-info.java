/** Runs beside libraries as old as users may have them. */
package io.github.captureproxy.tls.compatibility;
